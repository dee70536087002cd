package dev.rendezvous.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;

/**
 * A WebSocket (RFC 6455) between client and service: after the handshake, bytes both ways, each no
 * faster than the other side reads. A service that declines answers as it would to any request.
 */
final class Tunnel {
  private static final String WEBSOCKET = "websocket";

  private Tunnel() {}

  static boolean isAskedFor(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1
        && request.method().equals(HttpMethod.GET)
        && WEBSOCKET.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        && FieldNames.isIn(FieldNames.nominated(request.headers()), "upgrade");
  }

  /** Sends the handshake on. */
  static void ask(HttpClientRequest upstream, HttpServerRequest request) {
    upstream.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    upstream.putHeader(HttpHeaders.UPGRADE, WEBSOCKET);
    upstream.connect();
  }

  /** Joins the two sides after the service agreed. */
  static void open(Exchange exchange, HttpClientResponse agreed) {
    if (!isAskedFor(exchange.request())) {
      exchange.response().headers().clear();
      exchange.refuse(Failure.UPSTREAM_BROKEN);
      return;
    }
    var service = agreed.netSocket();
    exchange
        .response()
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
        .putHeader(HttpHeaders.UPGRADE, WEBSOCKET);
    exchange.streams();
    exchange
        .request()
        .toNetSocket()
        .onSuccess(client -> join(exchange, client, service))
        .onFailure(cause -> exchange.ended());
  }

  private static void join(Exchange exchange, NetSocket client, NetSocket service) {
    pump(exchange, client, service);
    pump(exchange, service, client);
    client.closeHandler(
        closed -> {
          service.close();
          exchange.ended();
        });
    service.closeHandler(closed -> client.close());
    client.resume();
    service.resume();
  }

  private static void pump(Exchange exchange, NetSocket from, NetSocket to) {
    from.exceptionHandler(broken -> {});
    from.handler(
        (Buffer bytes) -> {
          exchange.streams();
          to.write(bytes);
          if (to.writeQueueFull()) {
            from.pause();
          }
        });
    to.drainHandler(drained -> from.resume());
  }
}
