package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.health.Drain;
import dev.rendezvous.chassis.problem.InvalidRequests;
import dev.rendezvous.chassis.problem.ProblemHandler;
import dev.rendezvous.chassis.problem.StandardProblems;
import dev.rendezvous.chassis.telemetry.Telemetry;
import dev.rendezvous.chassis.telemetry.TraceContext;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves an HTTP API behind one fixed order of handlers: trace, access log and metrics, receiver,
 * load, deadline, body, resources, 404, failures.
 */
public final class ApiServer {
  /** Bodies over this are refused with 413; in bytes. */
  static final int BODY_LIMIT = 64 * 1024;

  /** Requests that one event loop works on at once; what is more is refused with 503. */
  private static final int IN_FLIGHT = 1_000;

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final String TRACE = "rendezvous.trace";

  private final HttpServer server;

  private ApiServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Where and as what an API is served.
   *
   * @param service the name that clients know it by
   * @param receiverHeader in this field a request may name the service that it means
   */
  public record Setup(
      String service,
      String host,
      int port,
      String receiverHeader,
      Telemetry telemetry,
      Drain drain) {}

  /** Serves on the event loop of the caller; port 0 takes a free one. */
  public static Future<ApiServer> listen(Vertx vertx, Setup setup, Consumer<Api> resources) {
    var options =
        new HttpServerOptions()
            .setHost(setup.host())
            .setPort(setup.port())
            .setIdleTimeout(75)
            .setMaxHeaderSize(16 * 1024)
            .setMaxInitialLineLength(8 * 1024)
            .setTracingPolicy(
                setup.telemetry().tracing() ? TracingPolicy.ALWAYS : TracingPolicy.IGNORE);
    var router = router(vertx, setup, resources);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> route(router, request))
        .invalidRequestHandler(new InvalidRequests())
        .listen()
        .map(ApiServer::new);
  }

  /** The router itself would answer a path that it cannot decode with plain text. */
  private static void route(Router router, HttpServerRequest request) {
    try {
      QueryStringDecoder.decodeComponent(request.path());
    } catch (IllegalArgumentException e) {
      var problem = StandardProblems.MALFORMED_REQUEST.because("the path is not well encoded");
      ProblemHandler.write(request, problem.problem(), TraceContext.of(null).traceId());
      return;
    }
    router.handle(request);
  }

  /** The port that is served. */
  public int port() {
    return server.actualPort();
  }

  /** Takes no more connections, finishes the requests in flight and closes. */
  public Future<Void> shutdown(Duration limit) {
    return server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The trace that a request belongs to. */
  public static TraceContext trace(RoutingContext context) {
    TraceContext trace = context.get(TRACE);
    return trace == null ? TraceContext.of(null) : trace;
  }

  private static Router router(Vertx vertx, Setup setup, Consumer<Api> resources) {
    var router = Router.router(vertx);
    var load = new LoadLimit(IN_FLIGHT);
    router.route().handler(context -> begin(context, setup));
    router.route().handler(new AccessLog(setup.telemetry().meters(), ApiServer::trace));
    router.route().handler(ApiServer::checkTarget);
    router.route().handler(context -> checkReceiver(context, setup));
    router.route().handler(load);
    router.route().handler(TimeoutHandler.create(DEADLINE.toMillis(), 503));
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
    resources.accept(new Api(vertx, router));
    router.route().handler(ApiServer::unknownPath);
    router.route().failureHandler(new ProblemHandler(context -> trace(context).traceId()));
    return router;
  }

  private static void begin(RoutingContext context, Setup setup) {
    context.put(TRACE, setup.telemetry().trace(context.request()));
    context.addHeadersEndHandler(
        sent -> {
          if (setup.drain().begun() && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
            // Vert.x sends the field but would keep the connection open.
            context.addEndHandler(ended -> context.request().connection().close());
          }
        });
    context.next();
  }

  /** RFC 9112 section 3.2 for {@code Host}; and one resource has one path. */
  private static void checkTarget(RoutingContext context) {
    if (context.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
      context.fail(StandardProblems.MALFORMED_REQUEST.because("there is more than one Host"));
      return;
    }
    var path = context.normalizedPath();
    if (!path.equals(context.request().path()) || (path.length() > 1 && path.endsWith("/"))) {
      unknownPath(context);
    } else {
      context.next();
    }
  }

  private static void checkReceiver(RoutingContext context, Setup setup) {
    var meant = context.request().getHeader(setup.receiverHeader());
    if (meant != null && !meant.equals(setup.service())) {
      context.fail(StandardProblems.MISDIRECTED.because("this is " + setup.service()));
    } else {
      context.next();
    }
  }

  private static void unknownPath(RoutingContext context) {
    context.fail(StandardProblems.UNKNOWN_PATH.because("there is nothing at this path"));
  }
}
