package dev.rendezvous.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * The answer of a service on its way to the client, in pieces and no faster than the client reads.
 *
 * <p>What breaks off before its end is never ended here, so that nobody takes the half for the
 * whole.
 */
final class ResponseRelay {
  private static final long UNKNOWN = -1;

  private final Exchange exchange;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private long left = UNKNOWN;
  private boolean events;
  private boolean complete;
  private boolean paused;
  private boolean broken;
  private int pieces;

  ResponseRelay(Exchange exchange, HttpClientResponse from) {
    this.exchange = exchange;
    this.from = from;
    this.to = exchange.response();
  }

  /** Whether the whole answer has come. */
  boolean isComplete() {
    return complete;
  }

  void start() {
    var status = from.statusCode();
    if (status < 200 && status != 101) {
      exchange.refuse(Failure.UPSTREAM_BROKEN);
      return;
    }
    ResponseFields.copy(from.headers(), to.headers());
    to.setStatusCode(status).putHeader(RequestFields.REQUEST_ID, exchange.record().requestId());
    if (status == 101) {
      Tunnel.open(exchange, from);
      return;
    }
    exchange.last().announceWhereLeaving();
    frame(status);
    from.exceptionHandler(broken -> broken());
    from.endHandler(end -> ended());
    from.handler(this::pass);
    to.drainHandler(drained -> goOn());
    from.resume();
  }

  /** Decides how the client can tell the end of the answer. */
  private void frame(int status) {
    if (exchange.request().method().equals(HttpMethod.HEAD) || status == 204 || status == 304) {
      return;
    }
    var length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      left = Long.parseLong(length);
      return;
    }
    if (exchange.request().version() == HttpVersion.HTTP_1_0) {
      exchange.last().announce();
    } else {
      to.setChunked(true);
      to.writeHead();
    }
    var type = from.getHeader(HttpHeaders.CONTENT_TYPE);
    events = type != null && type.startsWith("text/event-stream");
    if (events) {
      exchange.streams();
    }
  }

  private void pass(Buffer chunk) {
    pieces++;
    if (exchange.isOver()) {
      return;
    }
    if (events) {
      exchange.streams();
    }
    if (left != UNKNOWN) {
      left -= chunk.length();
      if (left <= 0) {
        // The last piece and the end in one go, which for most answers is all of it.
        complete = true;
        exchange.closeIfNeeded();
        to.end(chunk);
        return;
      }
    }
    to.write(chunk);
    if (to.writeQueueFull()) {
      paused = true;
      from.pause();
    }
  }

  /**
   * Vert.x tells of a connection's end at once, before what came on it and still waits: for a slow
   * client that can be the rest of a whole answer. So it is delivered first, and only an answer
   * that does not end by itself then was broken off.
   */
  private void broken() {
    broken = true;
    settle();
  }

  private void settle() {
    var before = pieces;
    exchange
        .forwarder()
        .later(
            () -> {
              if (complete || paused) {
                return;
              }
              if (pieces == before) {
                exchange.refuse(Failure.UPSTREAM_BROKEN);
              } else {
                settle();
              }
            });
  }

  private void goOn() {
    paused = false;
    from.resume();
    if (broken) {
      settle();
    }
  }

  private void ended() {
    complete = true;
    if (exchange.isOver()) {
      return;
    }
    var trailers = from.trailers();
    if (!trailers.isEmpty() && left == UNKNOWN) {
      ResponseFields.copy(trailers, to.trailers());
    }
    exchange.closeIfNeeded();
    to.end();
  }
}
