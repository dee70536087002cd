package dev.rendezvous.discovery.call;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many retries a service's callers may add to its traffic: 20 % of it plus 10 a second.
 *
 * <p>Retries must not multiply the load of a service that fails because of load. Lock-free; counts
 * in thousandths of a retry.
 */
final class RetryBudget {

  private static final long ONE = 1_000;
  private static final long PER_CALL = ONE / 5;
  private static final long NANOS_PER_THOUSANDTH = 1_000_000_000L / (10 * ONE);

  /** Ten seconds of the fixed part: enough for the calls in flight when an instance dies. */
  private static final long AT_START = 100 * ONE;

  private static final long MOST = 500 * ONE;

  private final LongSupplier nanos;
  private final AtomicLong balance = new AtomicLong(AT_START);
  private final AtomicLong paidUntil;

  RetryBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.paidUntil = new AtomicLong(nanos.getAsLong());
  }

  /** Counts one call's first try. */
  void deposit() {
    if (balance.get() < MOST) {
      balance.addAndGet(PER_CALL);
    }
  }

  /** Takes one retry, or returns false when there is none left. */
  boolean take() {
    payFixedPart();
    long before = balance.getAndUpdate(old -> old >= ONE ? old - ONE : old);
    return before >= ONE;
  }

  private void payFixedPart() {
    long from = paidUntil.get();
    long thousandths = (nanos.getAsLong() - from) / NANOS_PER_THOUSANDTH;
    if (thousandths > 0
        && paidUntil.compareAndSet(from, from + thousandths * NANOS_PER_THOUSANDTH)) {
      balance.updateAndGet(old -> Math.max(old, Math.min(MOST, old + thousandths)));
    }
  }
}
