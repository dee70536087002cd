package dev.rendezvous.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line and one timing a request, written when it is over, whichever way.
 *
 * <p>Belongs to one event loop; the meters behind it are shared. Labels come from routes, statuses
 * and causes only, so that no client can make more of them.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");
  static final String NONE = "none";

  private record Series(String route, int status, String cause) {}

  private final MeterRegistry meters;
  private final Map<Series, Timer> timers = new HashMap<>();
  private final Map<String, Counter> attempts = new HashMap<>();

  AccessLog(MeterRegistry meters) {
    this.meters = meters;
  }

  void record(ExchangeRecord exchange, HttpServerResponse response) {
    var nanos = System.nanoTime() - exchange.begun();
    var failure = exchange.failure();
    // Once a head is out its status is what the client saw, whatever happened afterwards.
    var status =
        failure == null || (response.headWritten() && failure != Failure.CLIENT_GONE)
            ? response.getStatusCode()
            : failure.status();
    var cause = failure == null ? NONE : failure.label();
    var route = exchange.route();
    measure(new Series(route == null ? NONE : route.name(), status, cause), nanos);
    var service = exchange.service();
    if (service != null && exchange.attempts() > 0) {
      attempts.computeIfAbsent(service, this::counter).increment(exchange.attempts());
    }
    write(exchange, response.bytesWritten(), status, cause, nanos);
  }

  private static void write(
      ExchangeRecord exchange, long bytes, int status, String cause, long nanos) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    var request = exchange.request();
    var route = exchange.route();
    var service = exchange.service();
    var instance = exchange.instance();
    var line =
        LOG.atInfo()
            .addKeyValue("method", request.method().name())
            .addKeyValue("path", path(request.uri()))
            .addKeyValue("protocol", protocol(request))
            .addKeyValue("status", status)
            .addKeyValue("cause", cause)
            .addKeyValue("route", route == null ? NONE : route.name())
            .addKeyValue("upstream", service == null ? NONE : service)
            .addKeyValue("instance", instance == null ? NONE : instance.address().toString())
            .addKeyValue("attempts", exchange.attempts())
            .addKeyValue("bytes_in", request.bytesRead())
            .addKeyValue("bytes_out", bytes);
    if (exchange.connected() != 0) {
      line = line.addKeyValue("connect_ms", millis(exchange.connected() - exchange.begun()));
    }
    if (exchange.firstByte() != 0) {
      line = line.addKeyValue("first_byte_ms", millis(exchange.firstByte() - exchange.begun()));
    }
    line.addKeyValue("ms", millis(nanos))
        .addKeyValue("remote", exchange.client().text())
        .addKeyValue("request_id", exchange.requestId())
        .addKeyValue("trace_id", exchange.trace().traceId())
        .log("request");
  }

  private static String protocol(HttpServerRequest request) {
    var version = request.version();
    return version == null ? "unknown" : version.alpnName();
  }

  /** Without the query, which may hold what does not belong in a log. */
  private static String path(@Nullable String uri) {
    if (uri == null) {
      return NONE; // CONNECT of HTTP/2 (RFC 9113 section 8.5)
    }
    var query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 10_000.0) / 100.0;
  }

  private void measure(Series series, long nanos) {
    timers.computeIfAbsent(series, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return timer(meters, series.route(), series.status(), series.cause());
  }

  static Timer timer(MeterRegistry meters, String route, int status, String cause) {
    return Timer.builder("gateway.requests")
        .description("Requests by route, status and cause, until the answer was written")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .tag("cause", cause)
        .register(meters);
  }

  private Counter counter(String service) {
    return Counter.builder("gateway.upstream.attempts")
        .description("Tries to have a request answered, the first of each included")
        .tag("upstream", service)
        .register(meters);
  }
}
