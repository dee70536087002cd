package dev.rendezvous.gateway.route;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who may enter a route: so many at a time, and each client so often. Safe from any thread. */
public final class RouteGate {
  /** Everybody. */
  static final RouteGate OPEN = new RouteGate(0, null, new AtomicInteger());

  private static final Refusal FULL = new Refusal(true, 1);

  private final int places;
  private final @Nullable ClientRates rates;
  private final AtomicInteger inFlight;

  /**
   * Why somebody may not enter.
   *
   * @param full the route has as many requests in flight as it may; else the client comes too often
   * @param retryAfter whole seconds, at least 1
   */
  public record Refusal(boolean full, long retryAfter) {}

  private RouteGate(int places, @Nullable ClientRates rates, AtomicInteger inFlight) {
    this.places = places;
    this.rates = rates;
    this.inFlight = inFlight;
  }

  /**
   * A gate that nobody has passed yet.
   *
   * @param places 0 for any number at a time
   * @param rates null for as often as anybody likes
   */
  static RouteGate of(int places, @Nullable ClientRates rates) {
    return places == 0 && rates == null ? OPEN : new RouteGate(places, rates, new AtomicInteger());
  }

  /** Whether somebody must be told the client's address. */
  public boolean asksForClient() {
    return rates != null;
  }

  /**
   * Lets a request in, after which {@link #leave} must follow once, or says why not.
   *
   * @param client the address that counts as the client's; not looked at where rates are free
   * @param now nanoseconds of a clock that never goes back
   */
  public @Nullable Refusal enter(String client, long now) {
    if (rates != null) {
      var wait = rates.take(client, now);
      if (wait > 0) {
        return new Refusal(false, 1 + (wait - 1) / TimeUnit.SECONDS.toNanos(1));
      }
    }
    if (places > 0 && inFlight.incrementAndGet() > places) {
      inFlight.decrementAndGet();
      return FULL;
    }
    return null;
  }

  public void leave() {
    if (places > 0) {
      inFlight.decrementAndGet();
    }
  }

  /** The same rules over what an earlier gate has counted, as far as it has counted the like. */
  RouteGate continuing(RouteGate earlier) {
    if (this == OPEN) {
      return this;
    }
    var sameRates = rates != null && earlier.rates != null && rates.isLike(earlier.rates);
    return new RouteGate(
        places,
        sameRates ? earlier.rates : rates,
        places > 0 && earlier.places > 0 ? earlier.inFlight : inFlight);
  }

  void describe(JsonObject json) {
    if (places > 0) {
      json.put("in_flight", inFlight.get()).put("in_flight_limit", places);
    }
    if (rates != null) {
      json.put("rate_limit", rates.describe());
    }
  }
}
