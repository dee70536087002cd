package dev.rendezvous.loadtests.drills;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what only looking can tell, and says how long it took. */
final class Waiting {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Waiting() {}

  static double seconds(long fromNanos, long toNanos) {
    return (toNanos - fromNanos) / 1e9;
  }

  /** Seconds until the condition held, without end where it did not in time. */
  static double within(Duration patience, BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        return Double.POSITIVE_INFINITY;
      }
      sleep(BETWEEN_LOOKS);
    }
    return seconds(begun, System.nanoTime());
  }

  /**
   * Seconds from the given {@link System#nanoTime} until the condition held.
   *
   * @throws DrillFailure where it does not within a minute
   */
  static double await(String what, long since, BooleanSupplier condition) {
    if (Double.isInfinite(within(PATIENCE, condition))) {
      throw new DrillFailure("not within " + PATIENCE.toSeconds() + " s: " + what);
    }
    return seconds(since, System.nanoTime());
  }

  static double await(String what, BooleanSupplier condition) {
    return await(what, System.nanoTime(), condition);
  }

  /** Lets the load go on for a while; no condition is waited for. */
  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillFailure("interrupted");
    }
  }
}
