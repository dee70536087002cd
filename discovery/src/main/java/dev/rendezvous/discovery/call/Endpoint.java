package dev.rendezvous.discovery.call;

import java.util.concurrent.atomic.AtomicInteger;

/** What calls have taught about one address; outlives every change of the table. */
final class Endpoint {

  final PeakEwma latency = new PeakEwma();
  final Ejection ejection = new Ejection();
  final Check check = new Check();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile long progress;

  void begin(long now) {
    if (inFlight.getAndIncrement() == 0) {
      progress = now;
    }
  }

  void end(long now) {
    progress = now;
    inFlight.decrementAndGet();
  }

  int inFlight() {
    return inFlight.get();
  }

  /**
   * How long calls are in flight here without any of them ending: the latency is at least that.
   *
   * <p>An instance that hangs gives no answer to measure; this notices before the first time-out.
   */
  long waiting(long now) {
    return inFlight.get() == 0 ? 0 : Math.max(0, now - progress);
  }

  /** A registry brings it back: what was learnt belongs to the process that ended. */
  void startAfresh() {
    ejection.clear();
    latency.reset();
  }
}
