package dev.rendezvous.discovery.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits on conditions. */
public final class Await {

  private Await() {}

  /** Waits until the condition holds and says how long that took; fails with its name. */
  public static Duration until(String condition, Duration atMost, BooleanSupplier holds) {
    long began = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - began > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost.toMillis() + " ms: " + condition);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Watches that something stays true for a while. */
  public static void holds(String condition, Duration during, BooleanSupplier holds) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < during.toNanos()) {
      if (!holds.getAsBoolean()) {
        throw new AssertionError("no longer true: " + condition);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The future's result, within 10 s. */
  public static <T> T result(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
  }

  /** Prints a measured figure under the name of the row that it belongs to. */
  public static void figure(String row, Object value) {
    System.out.printf("figure: %s: %s%n", row, value);
  }
}
