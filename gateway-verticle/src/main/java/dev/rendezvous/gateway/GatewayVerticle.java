package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.InvalidRequests;
import dev.rendezvous.discovery.call.Call;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the gateway: its server, its client and its connections, shared with none. */
final class GatewayVerticle extends VerticleBase {
  /** How exact time-outs are, in milliseconds. */
  private static final long TICK = 50;

  private final Forwarder.Shared shared;
  private final String host;
  private final int port;
  private final int eventLoops;
  private @Nullable HttpServer server;

  /**
   * @param port 0 takes a free one
   * @param eventLoops how many share the bounds
   */
  GatewayVerticle(Forwarder.Shared shared, String host, int port, int eventLoops) {
    this.shared = shared;
    this.host = host;
    this.port = port;
    this.eventLoops = eventLoops;
  }

  @Override
  public Future<?> start() {
    var client =
        vertx
            .httpClientBuilder()
            .with(clientOptions())
            .with(pool())
            .withConnectHandler(GatewayVerticle::leaveToExchanges)
            .build();
    var forwarder = new Forwarder(shared, client, context);
    vertx.setPeriodic(TICK, id -> forwarder.tick());
    var listening =
        vertx
            .createHttpServer(serverOptions())
            .connectionHandler(GatewayVerticle::leaveToExchanges)
            .requestHandler(forwarder)
            .invalidRequestHandler(new InvalidRequests());
    server = listening;
    return listening.listen();
  }

  /** What goes wrong on a connection is told by the exchanges on it; Vert.x would log it, too. */
  private static void leaveToExchanges(HttpConnection connection) {
    connection.exceptionHandler(failure -> {});
  }

  /** Takes no more connections and lets the requests in flight finish. */
  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(shared.limits().drain().toMillis(), TimeUnit.MILLISECONDS);
  }

  private HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setIdleTimeout((int) shared.limits().clientIdle().toSeconds())
        .setMaxInitialLineLength(Limits.REQUEST_LINE)
        .setMaxHeaderSize(Limits.HEADERS)
        // A WebSocket passes as bytes; its extensions are agreed on by its two ends.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setInitialSettings(
            new Http2Settings().setMaxHeaderListSize(Limits.HEADERS).setMaxConcurrentStreams(128))
        .setTracingPolicy(tracing());
  }

  private HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setConnectTimeout((int) Call.CONNECT_TIMEOUT.toMillis())
        .setKeepAliveTimeout((int) shared.limits().keepAlive().toSeconds())
        .setMaxHeaderSize(Limits.HEADERS)
        .setMaxInitialLineLength(Limits.REQUEST_LINE)
        .setTracingPolicy(tracing());
  }

  private PoolOptions pool() {
    var share = shared.limits().share(eventLoops);
    return new PoolOptions()
        .setHttp1MaxSize(share.connections())
        .setMaxWaitQueueSize(share.waiting());
  }

  private TracingPolicy tracing() {
    return shared.telemetry().tracing() ? TracingPolicy.ALWAYS : TracingPolicy.IGNORE;
  }
}
