package dev.rendezvous.discovery.call;

/**
 * A moving average of latency that jumps to every peak at once.
 *
 * <p>After Finagle's {@code PeakEwma}: a sudden slowness must be felt after one answer. It forgets
 * with every faster answer, so that one hiccup of a busy instance is over soon, and with time, so
 * that an instance that is no longer asked is asked again. All times in nanoseconds; safe from any
 * thread.
 */
final class PeakEwma {

  /** After this time without answers a value counts for 1/e. */
  static final double DECAY_NANOS = 2e9;

  /** A faster answer leaves at most so much of the old value. */
  private static final double KEPT_PER_ANSWER = 0.8;

  /** Below this, differences are the scheduler's rather than the instance's. */
  static final double FLOOR_NANOS = 1e6;

  /** The first answers of a process are slow for reasons of their own; the best of them counts. */
  static final int WARM_UP = 5;

  private volatile double value = Double.NaN;
  private volatile long stamp;
  private double best = Double.POSITIVE_INFINITY;
  private int answers;

  /** Takes one measured latency into account. */
  synchronized void observe(long latency, long now) {
    if (answers < WARM_UP) {
      answers++;
      best = Math.min(best, (double) latency);
      value = answers == WARM_UP ? best : Double.NaN;
    } else {
      value = latency >= value ? latency : merge(latency, now);
    }
    stamp = now;
  }

  private double merge(long latency, long now) {
    double kept = Math.min(KEPT_PER_ANSWER, Math.exp(-Math.max(0, now - stamp) / DECAY_NANOS));
    return value * kept + latency * (1 - kept);
  }

  /** The latency to expect now, NaN before the end of the warm-up. */
  double expected(long now) {
    double current = value;
    return Double.isNaN(current)
        ? current
        : Math.max(FLOOR_NANOS, current * Math.exp(-Math.max(0, now - stamp) / DECAY_NANOS));
  }

  /** Forgets everything, as for an instance that was just restarted. */
  synchronized void reset() {
    value = Double.NaN;
    best = Double.POSITIVE_INFINITY;
    answers = 0;
  }
}
