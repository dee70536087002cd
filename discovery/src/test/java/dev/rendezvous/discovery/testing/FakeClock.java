package dev.rendezvous.discovery.testing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that passes only when it is told to. */
public final class FakeClock implements LongSupplier {

  // Far from zero, and about to overflow: System.nanoTime() may be anywhere, too.
  private long now = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

  @Override
  public long getAsLong() {
    return now;
  }

  public void pass(Duration time) {
    now += time.toNanos();
  }
}
