package dev.rendezvous.gateway.route;

import dev.rendezvous.discovery.call.Call;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests that match go, and what they are allowed.
 *
 * @param match which requests these are
 * @param destinations the services that they go to
 * @param rewrite what the service gets in place of the path that matched, null where it gets that
 * @param times how long things may take
 * @param bodyLimit the most bytes of a request's body, {@link #NO_LIMIT} for any number
 * @param tries how often a request may be sent, the first included
 * @param gate who may enter
 */
public record Route(
    RouteMatch match,
    Destinations destinations,
    @Nullable String rewrite,
    Times times,
    long bodyLimit,
    int tries,
    RouteGate gate) {
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /** Long enough for anybody, short enough to be added to a clock's nanoseconds. */
  public static final Duration FOREVER = Duration.ofDays(365);

  /** As many as there are other instances and the budget pays for. */
  static final int ANY_TRIES = Call.ANY_TRIES;

  static final long DEFAULT_BODY_LIMIT = 1 << 20;

  /**
   * How long things may take; {@link #FOREVER} for as long as they do.
   *
   * @param tryFirstByte one try's time to its first byte, as long as another could follow
   * @param firstByte the time to the first byte of the answer, over all tries
   * @param exchange the time for the whole exchange
   * @param streamIdle how long an event stream or a WebSocket may be silent; null for as long as
   *     the server's settings say
   */
  public record Times(
      Duration tryFirstByte, Duration firstByte, Duration exchange, @Nullable Duration streamIdle) {
    static final Times DEFAULTS =
        new Times(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(30), null);
  }

  /** A route for a path, with the usual bounds. */
  public Route(String path, String service) {
    this(
        RouteMatch.of(path),
        Destinations.of(service),
        null,
        Times.DEFAULTS,
        DEFAULT_BODY_LIMIT,
        ANY_TRIES,
        RouteGate.OPEN);
  }

  /** What it is called in logs and metrics; no two routes of a table share it. */
  public String name() {
    return match.name();
  }

  /** The path and query that the service gets: as canonical as the target that it is made from. */
  public String uri(RequestTarget target) {
    if (rewrite == null) {
      return target.uri();
    }
    // A route for the root has matched nothing of the path but its beginning.
    var rest = target.uri().substring(match.path().equals("/") ? 0 : match.path().length());
    if (!rewrite.equals("/")) {
      return rewrite + rest;
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** This route, counting on with what the same route of an earlier table has counted. */
  Route continuing(Route earlier) {
    return new Route(
        match, destinations, rewrite, times, bodyLimit, tries, gate.continuing(earlier.gate));
  }

  JsonObject describe() {
    var json = match.describe();
    destinations.describe(json);
    if (rewrite != null) {
      json.put("rewrite", rewrite);
    }
    json.put("body_limit", bodyLimit == NO_LIMIT ? "none" : bodyLimit)
        .put("try_first_byte_ms", millis(times.tryFirstByte))
        .put("first_byte_ms", millis(times.firstByte))
        .put("exchange_ms", millis(times.exchange));
    if (times.streamIdle != null) {
      json.put("stream_idle_ms", millis(times.streamIdle));
    }
    if (tries != ANY_TRIES) {
      json.put("retries", tries == 1 ? "none" : tries - 1);
    }
    gate.describe(json);
    return json;
  }

  static Object millis(Duration time) {
    return time.equals(FOREVER) ? "none" : time.toMillis();
  }
}
