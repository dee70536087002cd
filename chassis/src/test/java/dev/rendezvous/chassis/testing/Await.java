package dev.rendezvous.chassis.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for time to pass. */
public final class Await {
  private Await() {}

  /** How long it took until the condition held; fails when it does not hold within the limit. */
  public static Duration until(String what, Duration limit, BooleanSupplier condition) {
    var begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
