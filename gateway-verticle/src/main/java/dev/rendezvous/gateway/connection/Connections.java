package dev.rendezvous.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.impl.Http2ServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxConnection;
import java.io.IOException;
import java.util.function.Consumer;

/** What Vert.x does not offer for connections; the only class that reaches into it. */
public final class Connections {
  private Connections() {}

  /**
   * Closes at once. Vert.x would wait until all that was written is taken, and a peer that does not
   * read could put that off for ever.
   */
  public static void cut(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      var unused = known.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  /** Writes what waits, though the connection is about to be closed by whoever reads from it. */
  public static void flush(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      known.flush();
    }
  }

  /**
   * A server that shows each connection before anything is read from it. Vert.x itself tells of one
   * only when its first request is there, which a hostile client never lets happen.
   */
  static HttpServer server(Vertx vertx, HttpServerOptions options, Consumer<Channel> accepted) {
    var watching =
        new VertxWrapper((VertxInternal) vertx) {
          @Override
          public NetServerImpl createNetServer(NetServerOptions copied) {
            return new NetServerImpl(delegate, copied) {
              @Override
              protected void initChannel(ChannelPipeline pipeline, boolean ssl) {
                accepted.accept(pipeline.channel());
                super.initChannel(pipeline, ssl);
              }
            };
          }
        };
    return new HttpServerImpl(watching, options);
  }

  /** Whether what broke a request off is that its client went away. */
  public static boolean isEnd(Throwable cause) {
    return cause instanceof HttpClosedException
        || cause instanceof StreamResetException
        || cause instanceof IOException;
  }

  /** Has interim responses passed on that Vert.x would take for the answer. */
  public static void passInterim(HttpConnection service) {
    if (service instanceof VertxConnection known) {
      var context = known.channelHandlerContext();
      context.pipeline().addBefore(context.name(), "interim", new InterimResponses());
    }
  }

  /**
   * Hands to an HTTP/1.1 client what came from a service as early hints, as what it was there. To
   * others a status that Vert.x does not know cannot be said, and is left out.
   */
  public static void sendInterim(
      HttpConnection service, HttpServerRequest request, MultiMap fields) {
    var seen = channel(service).pipeline().get(InterimResponses.class);
    var status = seen == null ? HttpResponseStatus.EARLY_HINTS : seen.status();
    if (status.equals(HttpResponseStatus.EARLY_HINTS)) {
      request.response().writeEarlyHints(fields);
    } else if (request.connection() instanceof VertxConnection client
        && request.version() == io.vertx.core.http.HttpVersion.HTTP_1_1) {
      var interim = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
      fields.forEach((name, value) -> interim.headers().add(name, value));
      client.writeToChannel(interim);
    }
  }

  /** Has requests handled as they are; Vert.x would first answer some of them itself. */
  public static void handle(HttpConnection connection, Handler<HttpServerRequest> requests) {
    ((HttpServerConnection) connection).handler(requests);
  }

  static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  static boolean isHttp2(HttpConnection connection) {
    return connection instanceof Http2ServerConnection;
  }

  /** Whether Vert.x asks a connection to end because its server does. */
  static boolean isShutdown(Object event) {
    return event instanceof ShutdownEvent;
  }
}
