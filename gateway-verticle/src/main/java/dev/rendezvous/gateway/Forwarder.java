package dev.rendezvous.gateway;

import dev.rendezvous.chassis.telemetry.Telemetry;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.gateway.connection.ClientConnections;
import dev.rendezvous.gateway.route.Routes;
import dev.rendezvous.gateway.route.ServerSettings;
import dev.rendezvous.gateway.tls.Certificates;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the exchanges of one event loop share, and the list of those that are in flight there. */
final class Forwarder implements Handler<HttpServerRequest> {
  private final Shared shared;
  private final HttpClient client;
  private final Context context;
  private final Limits limits;
  private final AccessLog log;
  private final Set<Exchange> inFlight = new HashSet<>();

  /**
   * What all event loops share.
   *
   * @param listener the socket that they share
   * @param certificates null where clients speak without TLS
   * @param inFlight counts the exchanges of all of them
   */
  record Shared(
      Routes routes,
      Discovery discovery,
      Telemetry telemetry,
      Limits limits,
      ClientConnections.Listener listener,
      @Nullable Certificates certificates,
      AtomicInteger inFlight) {}

  Forwarder(Shared shared, HttpClient client, Context context) {
    this.context = context;
    this.shared = shared;
    this.client = client;
    this.limits = shared.limits();
    this.log = new AccessLog(shared.telemetry().meters());
  }

  @Override
  public void handle(HttpServerRequest request) {
    new Exchange(this, request, shared.telemetry().trace(request)).begin();
  }

  /** Answers what Netty could not read. */
  void handleMalformed(HttpServerRequest request) {
    new Exchange(this, request, shared.telemetry().trace(request)).beginMalformed();
  }

  /** Looks after time-outs; to be called a few times a second on this event loop. */
  void tick() {
    if (!inFlight.isEmpty()) {
      var now = System.nanoTime();
      // A copy, because an exchange that is given up leaves the set.
      for (var exchange : inFlight.toArray(Exchange[]::new)) {
        exchange.tick(now);
      }
    }
  }

  /** Does something on this event loop after what is being done. */
  void later(Runnable work) {
    context.runOnContext(ignored -> work.run());
  }

  void entered(Exchange exchange) {
    inFlight.add(exchange);
    shared.inFlight().incrementAndGet();
  }

  void left(Exchange exchange) {
    if (inFlight.remove(exchange)) {
      shared.inFlight().decrementAndGet();
    }
  }

  /** The field for the service's request; null where Vert.x' own tracer writes it. */
  @Nullable String traceparent(ExchangeRecord exchange) {
    return shared.telemetry().tracing() ? null : exchange.trace().traceparent();
  }

  Routes routes() {
    return shared.routes();
  }

  ServerSettings settings() {
    return shared.routes().server();
  }

  /** How long an event stream or a WebSocket may be silent. */
  long streamIdleNanos(ExchangeRecord exchange) {
    var route = exchange.route();
    var own = route == null ? null : route.times().streamIdle();
    return (own == null ? shared.routes().server().streamIdle() : own).toNanos();
  }

  Discovery discovery() {
    return shared.discovery();
  }

  HttpClient client() {
    return client;
  }

  Limits limits() {
    return limits;
  }

  AccessLog log() {
    return log;
  }
}
