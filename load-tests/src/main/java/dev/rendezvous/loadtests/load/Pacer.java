package dev.rendezvous.loadtests.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at an exact time: a selector's own time-out is in whole milliseconds, which
 * would be most of the latency that is to be measured.
 */
final class Pacer implements Runnable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final Thread thread;
  private volatile long due = NEVER;
  private volatile boolean stopped;

  private Pacer(Selector selector) {
    this.selector = selector;
    this.thread = new Thread(this, "load-pacer");
    thread.setDaemon(true);
  }

  static Pacer start(Selector selector) {
    Pacer pacer = new Pacer(selector);
    pacer.thread.start();
    return pacer;
  }

  /** Wakes the selector at this {@link System#nanoTime}, or a little later. */
  void wakeAt(long nanos) {
    if (due != nanos) {
      due = nanos;
      LockSupport.unpark(thread);
    }
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  long threadId() {
    return thread.getId();
  }

  @Override
  public void run() {
    while (!stopped) {
      long wanted = due;
      if (wanted == NEVER) {
        LockSupport.park(this);
        continue;
      }
      long left = wanted - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        if (due == wanted) {
          due = NEVER;
        }
        selector.wakeup();
      }
    }
  }
}
