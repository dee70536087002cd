package dev.rendezvous.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * The body of one request on its way to a service.
 *
 * <p>A small one is kept whole, so that it can be sent again; any other passes in pieces, no faster
 * than the service takes them, and is sent once.
 */
final class RequestBody {
  /** The most that is kept for another try, in bytes. */
  static final int KEPT_MOST = 64 * 1024;

  private static final long UNKNOWN = -1;

  private final HttpServerRequest request;
  private final long declared;
  private final boolean keep;
  private final long limit;
  private final Consumer<Failure> refuse;
  private final Buffer kept = Buffer.buffer();
  private boolean collected;
  private boolean ended;
  private boolean refused;
  private boolean blocked;
  private long received;

  private RequestBody(
      HttpServerRequest request,
      long declared,
      boolean keep,
      long limit,
      Consumer<Failure> refuse) {
    this.request = request;
    this.declared = declared;
    this.keep = keep;
    this.limit = limit;
    this.refuse = refuse;
    this.ended = declared == 0;
    this.collected = ended;
  }

  /**
   * Looks at a request's framing and stops its flow until the body is asked for.
   *
   * @param repeatable whether the request may be sent again, so that keeping it is of use
   * @param limit the most bytes that may come
   * @param refuse told once when the body turns out not to be acceptable
   */
  static RequestBody of(
      HttpServerRequest request, boolean repeatable, long limit, Consumer<Failure> refuse) {
    var declared = declared(request);
    // A length that only its end tells is kept in the hope that it is small; but not when the
    // client waits for a "go on", because by then a try has begun that had to know.
    var keep =
        declared == UNKNOWN ? repeatable && !expectsContinue(request) : declared <= KEPT_MOST;
    var body = new RequestBody(request, declared, keep, limit, refuse);
    if (!body.ended) {
      request.pause();
    }
    return body;
  }

  static boolean expectsContinue(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0
        && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
  }

  /** Whether a body may come at all. */
  static boolean isExpected(HttpServerRequest request) {
    return declared(request) != 0;
  }

  private static long declared(HttpServerRequest request) {
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      // Netty has refused what is no number; what is too long for one is too long for any limit.
      return length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length);
    }
    // HTTP/2 frames tell the end, nothing tells it before.
    return request.version() == HttpVersion.HTTP_2
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        ? UNKNOWN
        : 0;
  }

  /** Whether the whole of it is known to be over the limit before any of it is read. */
  boolean isTooLarge() {
    return declared > limit;
  }

  /** Whether it can be sent again in full. */
  boolean isRepeatable() {
    return collected || (keep && declared != UNKNOWN);
  }

  /** Whether it must be read before a try, so that the try can be followed by another. */
  boolean isToCollect() {
    return keep && !collected;
  }

  /** Whether all of it was read. */
  boolean isEnded() {
    return ended;
  }

  /** Whether it is the client who keeps everybody waiting, not a service that does not read. */
  boolean isAwaited() {
    return !ended && !blocked;
  }

  /** Reads until the end, or until more has come than is kept. Never completes when refused. */
  Future<Void> collect() {
    Promise<Void> done = Promise.promise();
    request.endHandler(
        end -> {
          ended = true;
          collected = true;
          done.tryComplete();
        });
    request.handler(
        chunk -> {
          if (admit(chunk)) {
            kept.appendBuffer(chunk);
            if (kept.length() > KEPT_MOST) {
              request.pause();
              done.tryComplete();
            }
          }
        });
    request.resume();
    return done.future();
  }

  /** Sends it after the head that {@code upstream} carries, with the framing that it needs. */
  void sendTo(HttpClientRequest upstream) {
    if (collected) {
      if (declared == 0 || kept.length() == 0) {
        sendNothing(upstream);
      } else {
        upstream.end(kept);
      }
      return;
    }
    if (declared == UNKNOWN) {
      upstream.setChunked(true);
    } else {
      upstream.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(declared));
    }
    if (kept.length() > 0) {
      upstream.write(kept);
    } else {
      upstream.sendHead();
    }
    stream(upstream);
  }

  private void sendNothing(HttpClientRequest upstream) {
    // A POST without a body says so (RFC 9110 section 8.6); a GET without one need not.
    if (declared == 0 && request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      upstream.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    }
    upstream.end();
  }

  private void stream(HttpClientRequest upstream) {
    request.endHandler(
        end -> {
          ended = true;
          upstream.end();
        });
    request.handler(
        chunk -> {
          if (admit(chunk)) {
            upstream.write(chunk);
            if (upstream.writeQueueFull()) {
              blocked = true;
              request.pause();
            }
          }
        });
    upstream.drainHandler(
        drained -> {
          blocked = false;
          request.resume();
        });
    request.resume();
  }

  private boolean admit(Buffer chunk) {
    received += chunk.length();
    if (received > limit && !refused) {
      refused = true;
      refuse.accept(Failure.REQUEST_TOO_LARGE);
    }
    return !refused;
  }

  /** Reads on without use for it, so that a client which sends before it reads gets its answer. */
  void discardRest() {
    refused = true;
    if (!ended) {
      request.handler(chunk -> {});
      request.endHandler(end -> ended = true);
      request.resume();
    }
  }
}
