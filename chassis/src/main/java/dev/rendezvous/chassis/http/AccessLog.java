package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.telemetry.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and one timing a request, written when it has ended, whichever way. */
final class AccessLog implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  /** nginx's code for a client that went away before its answer; never sent. */
  private static final int CLIENT_CLOSED = 499;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  private static final Duration[] BUCKETS =
      IntStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Series(String method, String route, int status) {}

  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final Function<RoutingContext, TraceContext> trace;

  AccessLog(MeterRegistry meters, Function<RoutingContext, TraceContext> trace) {
    this.meters = meters;
    this.trace = trace;
  }

  @Override
  public void handle(RoutingContext context) {
    var begun = System.nanoTime();
    context.addEndHandler(ended -> record(context, System.nanoTime() - begun, ended.succeeded()));
    context.next();
  }

  private void record(RoutingContext context, long nanos, boolean answered) {
    var request = context.request();
    var response = context.response();
    var status = answered ? response.getStatusCode() : CLIENT_CLOSED;
    var route = context.<String>get(Api.ROUTE);
    var method = request.method().name();
    // A client can make up any token as a method; labels and their memory must stay few.
    var label = METHODS.contains(method) ? method : "other";
    var series = new Series(label, route == null ? "none" : route, status);
    timers.computeIfAbsent(series, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    LOG.atInfo()
        .addKeyValue("method", method)
        .addKeyValue("path", request.path())
        .addKeyValue("status", status)
        .addKeyValue("bytes", response.bytesWritten())
        .addKeyValue("ms", Math.round(nanos / 10_000.0) / 100.0)
        .addKeyValue("remote", String.valueOf(request.remoteAddress()))
        .addKeyValue("trace_id", trace.apply(context).traceId())
        .log("request");
  }

  private Timer timer(Series series) {
    return Timer.builder("http.server.requests")
        .description("Requests by route and status, until the answer was written")
        .tag("method", series.method())
        .tag("route", series.route())
        .tag("status", Integer.toString(series.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }
}
