package dev.rendezvous.gateway;

import dev.rendezvous.gateway.connection.ClientConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How one answer can be the last on its connection. */
final class LastAnswer {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ClientConnection client;
  private boolean announced;

  LastAnswer(HttpServerRequest request, ClientConnection client) {
    this.request = request;
    this.response = request.response();
    this.client = client;
  }

  /** Tells the client, with the head of its answer, that no other will follow on its connection. */
  void announce() {
    announced = true;
    if (request.version() != HttpVersion.HTTP_2 && !response.headWritten()) {
      // Vert.x writes a field of its own for HTTP/1.0; this comes after it.
      response.headersEndHandler(
          writing -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
  }

  /** Announces it where the gateway is about to stop, and while that can still be said. */
  void announceWhereLeaving() {
    if (client.isLeaving() && !response.headWritten()) {
      announce();
    }
  }

  /**
   * Lets the end of this answer be the end of the connection where that was announced, or where a
   * body is on its way that nobody wants. What still comes is read for a while, since closing at
   * once could destroy the answer before the client has read it (RFC 9112 section 9.6).
   */
  void closeIfNeeded(boolean requestRead, Duration linger) {
    announceWhereLeaving();
    if ((announced || !requestRead) && request.version() != HttpVersion.HTTP_2) {
      request.connection().shutdown(linger.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Makes the client see that its answer is not whole. */
  void breakOff() {
    var version = request.version();
    if (version == HttpVersion.HTTP_2) {
      response.reset();
    } else {
      // HTTP/1.0 may know the end of an answer by that of its connection alone.
      client.cut(version == HttpVersion.HTTP_1_0);
    }
  }
}
