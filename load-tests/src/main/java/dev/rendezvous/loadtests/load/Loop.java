package dev.rendezvous.loadtests.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread with a selector and the streams that belong to it. */
final class Loop implements Runnable {
  /** What the pacer, not the selector, waits for. */
  private static final long FINE_NANOS = 2_000_000;

  private final Selector selector;
  private final long start;
  private final List<Stream> streams = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private final Thread thread = new Thread(this, "load");
  private volatile boolean stopped;
  private @Nullable Throwable broken;
  private long cpuNanos;
  private long elapsedNanos;

  Loop(long start) throws IOException {
    this.start = start;
    this.selector = Selector.open();
    thread.setDaemon(true);
  }

  void add(StreamPlan plan) {
    streams.add(new Stream(plan, selector, start));
  }

  void begin() {
    thread.start();
  }

  void stop() {
    stopped = true;
    selector.wakeup();
  }

  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wantsToStop) {
        interrupted = true;
        stop();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** After the end. */
  List<StreamResult> results() {
    if (broken != null) {
      throw new IllegalStateException("the load ended early: " + broken, broken);
    }
    return streams.stream().map(stream -> stream.recorder().result()).toList();
  }

  long cpuNanos() {
    return cpuNanos;
  }

  long elapsedNanos() {
    return elapsedNanos;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // what a source or an observer throws ends the run
  public void run() {
    Pacer pacer = Pacer.start(selector);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (selector) {
      turn(pacer);
    } catch (IOException | RuntimeException | Error failed) {
      broken = failed;
    } finally {
      streams.forEach(Stream::close);
      cpuNanos =
          threads.getCurrentThreadCpuTime()
              + Math.max(0, threads.getThreadCpuTime(pacer.threadId()));
      elapsedNanos = System.nanoTime() - start;
      pacer.stop();
    }
  }

  private void turn(Pacer pacer) throws IOException {
    while (true) {
      if (stopped) {
        streams.forEach(Stream::stop);
      }
      long now = System.nanoTime();
      long next = now + 1_000_000_000;
      boolean done = true;
      for (Stream stream : streams) {
        next = Math.min(next, stream.advance(now));
        done &= stream.done(now);
      }
      if (done) {
        return;
      }
      select(pacer, next);
    }
  }

  private void select(Pacer pacer, long next) throws IOException {
    long left = next - System.nanoTime();
    if (left <= 0) {
      selector.selectNow(this::ready);
    } else if (left > FINE_NANOS) {
      selector.select(this::ready, left / 1_000_000 - 1);
    } else {
      pacer.wakeAt(next);
      selector.select(this::ready, FINE_NANOS / 1_000_000 + 1);
    }
  }

  private void ready(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Connection connection) {
      connection.ready(buffer);
    }
  }
}
