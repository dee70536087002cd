package dev.rendezvous.gateway;

import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.gateway.connection.Peer;
import dev.rendezvous.gateway.route.Route;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be told about one exchange when it is over; times are nanoseconds of one clock. */
final class ExchangeRecord {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final TraceContext trace;
  private final Peer client;
  private final String requestId;
  private final long begun = System.nanoTime();
  private @Nullable Route route;
  private @Nullable String service;
  private @Nullable ServiceInstance instance;
  private @Nullable Failure failure;
  private int attempts;
  private long connected;
  private long firstByte;

  ExchangeRecord(HttpServerRequest request, TraceContext trace, Peer client) {
    this.client = client;
    this.request = request;
    this.trace = trace;
    this.requestId = RequestId.of(request.getHeader(RequestFields.REQUEST_ID));
  }

  HttpServerRequest request() {
    return request;
  }

  Peer client() {
    return client;
  }

  TraceContext trace() {
    return trace;
  }

  String requestId() {
    return requestId;
  }

  long begun() {
    return begun;
  }

  @Nullable Route route() {
    return route;
  }

  /** The service that the request is for, null where it has no route. */
  @Nullable String service() {
    return service;
  }

  @Nullable ServiceInstance instance() {
    return instance;
  }

  @Nullable Failure failure() {
    return failure;
  }

  int attempts() {
    return attempts;
  }

  /** When the connection for the last try stood, 0 when none did. */
  long connected() {
    return connected;
  }

  /** When the head of the answer came, 0 when none did. */
  long firstByte() {
    return firstByte;
  }

  void routed(Route chosen, String chosenService) {
    route = chosen;
    service = chosenService;
  }

  void tries(ServiceInstance tried) {
    instance = tried;
    attempts++;
    connected = 0;
  }

  void connectionStands() {
    connected = System.nanoTime();
  }

  void answered() {
    firstByte = System.nanoTime();
  }

  void logDefect(Throwable cause) {
    LOG.atError()
        .setCause(cause)
        .addKeyValue("trace_id", trace.traceId())
        .log("{} {} failed", request.method(), request.path());
  }

  /** The first failure counts; what follows from it is no news. */
  void failed(Failure cause) {
    if (failure == null) {
      failure = cause;
    }
  }
}
