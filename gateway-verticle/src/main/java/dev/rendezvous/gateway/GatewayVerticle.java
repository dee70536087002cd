package dev.rendezvous.gateway;

import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.gateway.connection.ClientConnections;
import dev.rendezvous.gateway.connection.Connections;
import dev.rendezvous.gateway.route.ServerSettings;
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
  /**
   * How exact time-outs are, in milliseconds. Those of connections, of which there can be many, are
   * ten times as coarse.
   */
  private static final long TICK = 50;

  private final Forwarder.Shared shared;
  private final String host;
  private final int port;
  private final int eventLoops;
  private final ConnectionLog log;
  private final ClientConnections clients;
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
    this.log = new ConnectionLog(shared.telemetry().meters());
    this.clients = new ClientConnections(shared.limits().clientTimes(), shared.listener(), log);
  }

  @Override
  public Future<?> start() {
    var client =
        vertx
            .httpClientBuilder()
            .with(clientOptions())
            .with(pool())
            .withConnectHandler(GatewayVerticle::connected)
            .build();
    var forwarder = new Forwarder(shared, client, context);
    tick(forwarder);
    vertx.setPeriodic(TICK, id -> tick(forwarder));
    var listening =
        clients
            .server(vertx, serverOptions())
            .connectionHandler(connection -> opened(connection, forwarder))
            .requestHandler(forwarder)
            .invalidRequestHandler(forwarder::handleMalformed)
            .exceptionHandler(log::notOpened);
    server = listening;
    var certificates = shared.certificates();
    if (certificates != null) {
      certificates.serve(listening);
    }
    return listening.listen();
  }

  private void tick(Forwarder forwarder) {
    forwarder.tick();
    clients.tick(settings().clientHead(), settings().clients());
  }

  private void opened(HttpConnection connection, Forwarder forwarder) {
    Connections.handle(connection, forwarder);
    connection.exceptionHandler(log::failed);
    clients.opened(connection);
  }

  private static void connected(HttpConnection connection) {
    Connections.passInterim(connection);
    leaveToExchanges(connection);
  }

  /** What goes wrong on a connection is told by the exchanges on it; Vert.x would log it, too. */
  private static void leaveToExchanges(HttpConnection connection) {
    connection.exceptionHandler(failure -> {});
  }

  /** Takes no more connections and lets the requests in flight finish. */
  @Override
  public Future<?> stop() {
    var listening = server;
    if (listening == null) {
      return Future.succeededFuture();
    }
    var limit = settings().drain();
    return clients
        .drain(limit)
        .transform(drained -> listening.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS))
        .onComplete(done -> clients.cut());
  }

  private ServerSettings settings() {
    return shared.routes().server();
  }

  private HttpServerOptions serverOptions() {
    var options = new HttpServerOptions();
    if (shared.certificates() != null) {
      shared.certificates().configure(options);
    }
    return options
        .setHost(host)
        .setPort(port)
        // WebSockets pass as they are; what client and service agree on is no business of ours.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(settings().requestLine())
        .setMaxHeaderSize(settings().headers())
        .setInitialSettings(
            new Http2Settings()
                .setMaxHeaderListSize(HeadLimits.http2Headers(settings()))
                .setMaxConcurrentStreams(Limits.STREAMS))
        .setTracingPolicy(tracing());
  }

  private HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setConnectTimeout((int) Call.CONNECT_TIMEOUT.toMillis())
        .setKeepAliveTimeout((int) shared.limits().keepAlive().toSeconds())
        .setMaxHeaderSize(settings().headers())
        .setMaxInitialLineLength(settings().requestLine())
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
