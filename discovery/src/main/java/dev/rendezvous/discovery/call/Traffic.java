package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.call.CallFailure.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** One service's retry budget and counters; made once, so that no call looks a meter up. */
final class Traffic {

  final RetryBudget budget;
  final Counter picks;
  final Counter ejections;
  final Counter gatewayErrorRetries;
  private final Map<Cause, Counter> retries = new EnumMap<>(Cause.class);

  Traffic(String service, MeterRegistry meters, LongSupplier nanos) {
    budget = new RetryBudget(nanos);
    picks = meters.counter("discovery.picks", "service", service);
    ejections = meters.counter("discovery.ejections", "service", service);
    gatewayErrorRetries = retryCounter(service, "gateway_error", meters);
    for (Cause cause : Cause.values()) {
      retries.put(cause, retryCounter(service, cause.name().toLowerCase(Locale.ROOT), meters));
    }
  }

  private static Counter retryCounter(String service, String cause, MeterRegistry meters) {
    return meters.counter("discovery.retries", "service", service, "cause", cause);
  }

  void retried(Cause cause) {
    Counter counter = retries.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
