package dev.rendezvous.discovery.consul;

import java.util.function.LongUnaryOperator;

/**
 * How long to wait after failures in a row: full jitter below 250 ms, doubling to 2 s.
 *
 * <p>Full jitter spreads the clients of a registry that returns; see Brooker, "Exponential Backoff
 * And Jitter" (AWS, 2015).
 */
final class Backoff {

  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 2_000;

  private final LongUnaryOperator random;
  private int failures;

  /** {@code random} gives a number from 0 to below its argument. */
  Backoff(LongUnaryOperator random) {
    this.random = random;
  }

  /** Milliseconds until the next try, at least 1. */
  long next() {
    long limit = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures++, 10));
    return 1 + random.applyAsLong(limit);
  }

  void reset() {
    failures = 0;
  }
}
