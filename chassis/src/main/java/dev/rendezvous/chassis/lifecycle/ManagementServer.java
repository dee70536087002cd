package dev.rendezvous.chassis.lifecycle;

import dev.rendezvous.chassis.health.Health;
import dev.rendezvous.chassis.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health, metrics and state on a port of their own, which no gateway route leads to. */
public final class ManagementServer {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Map<String, Supplier<JsonObject>> pages = new ConcurrentHashMap<>();
  private final Health health;
  private final Telemetry telemetry;

  ManagementServer(Health health, Telemetry telemetry) {
    this.health = health;
    this.telemetry = telemetry;
  }

  /** Adds a page of state, such as {@code /discovery}; asked for anew each time. */
  public void page(String path, Supplier<JsonObject> state) {
    pages.put(path, state);
  }

  Future<HttpServer> listen(Vertx vertx, String host, int port) {
    var options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(75)
            .setTracingPolicy(TracingPolicy.IGNORE);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    if (!READS.contains(request.method())) {
      request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    switch (String.valueOf(request.path())) {
      case "/health/live" -> answer(request, health.live());
      case "/health/ready" ->
          health
              .ready()
              .onSuccess(report -> answer(request, report))
              .onFailure(cause -> request.response().setStatusCode(500).end());
      case "/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(telemetry.scrape());
      default -> {
        var page = pages.get(request.path());
        if (page == null) {
          request.response().setStatusCode(404).end();
        } else {
          show(request, page);
        }
      }
    }
  }

  private static void show(HttpServerRequest request, Supplier<JsonObject> page) {
    JsonObject state;
    try {
      state = page.get();
    } catch (RuntimeException e) {
      LOG.error("{} failed", request.path(), e);
      json(request, 500, new JsonObject().put("error", "the log has the cause"));
      return;
    }
    json(request, 200, state);
  }

  private static void answer(HttpServerRequest request, Health.Report report) {
    json(request, report.up() ? 200 : 503, report.body());
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }
}
