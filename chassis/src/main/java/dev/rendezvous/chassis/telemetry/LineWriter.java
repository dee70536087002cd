package dev.rendezvous.chassis.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes log lines in batches, from a thread of its own.
 *
 * <p>Whoever logs copies its line into memory and goes on: it neither writes nor, but for the first
 * line of a batch, wakes anybody, because at one line a request a system call for each would cost a
 * fifth of a gateway's CPU. Where the output is read too slowly, lines are lost and counted, and no
 * event loop waits.
 */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** How long a line may wait for others. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The bytes of a batch, and so what may wait: at some 500 bytes a line, 8,000 of them. */
  private static final int CAPACITY = 4 * 1024 * 1024;

  private static final int AT_FIRST = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition stopped = lock.newCondition();
  private final Layout<ILoggingEvent> layout;
  private final Supplier<? extends OutputStream> output;
  private final Thread thread = new Thread(this::writeUntilStopped, "log");
  private byte[] gathering = new byte[AT_FIRST];
  private byte[] writing = new byte[AT_FIRST];
  private int gathered;
  private long lost;
  private boolean stopping;

  /**
   * @param output asked for with each batch, since standard output can be exchanged
   */
  LineWriter(Layout<ILoggingEvent> layout, Supplier<? extends OutputStream> output) {
    this.layout = layout;
    this.output = output;
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    super.start();
    thread.start();
  }

  /** How many lines were lost so far because nobody read them in time. */
  long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    var line = layout.doLayout(event).getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (gathered + line.length > CAPACITY) {
        lost++;
        return;
      }
      if (gathered + line.length > gathering.length) {
        var larger = Math.max(2 * gathering.length, gathered + line.length);
        gathering = Arrays.copyOf(gathering, Math.min(CAPACITY, larger));
      }
      System.arraycopy(line, 0, gathering, gathered, line.length);
      if (gathered == 0) {
        filled.signal();
      }
      gathered += line.length;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits and ends; a reader that takes nothing delays this by a second at most. */
  @Override
  public void stop() {
    super.stop();
    lock.lock();
    try {
      stopping = true;
      filled.signal();
      stopped.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilStopped() {
    try {
      for (var length = gather(); length >= 0; length = gather()) {
        var to = output.get();
        to.write(writing, 0, length);
        to.flush();
      }
    } catch (IOException e) {
      // Nobody reads any more; there is no other place to say so.
      super.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The length of the next batch, now in {@code writing}; -1 after the last. */
  private int gather() throws InterruptedException {
    lock.lock();
    try {
      while (gathered == 0 && !stopping) {
        filled.await();
      }
      if (gathered == 0) {
        return -1;
      }
      for (var left = GATHER_NANOS; left > 0 && !stopping; ) {
        left = stopped.awaitNanos(left);
      }
      var batch = gathering;
      gathering = writing;
      writing = batch;
      var length = gathered;
      gathered = 0;
      return length;
    } finally {
      lock.unlock();
    }
  }
}
