package dev.rendezvous.gateway;

import dev.rendezvous.gateway.route.ServerSettings;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * How much a request's head may hold. The sizes of HTTP/1 heads are held by Netty while it reads
 * them; HTTP/2 is let in with more than it may have, because Netty's refusal would have no body.
 */
final class HeadLimits {
  /** RFC 9113 section 6.5.2: what a field counts for besides its name and value. */
  private static final int HTTP2_FIELD_OVERHEAD = 32;

  private HeadLimits() {}

  /** What Netty lets HTTP/2 have, so that it is refused here. */
  static int http2Headers(ServerSettings settings) {
    return 4 * (settings.headers() + settings.requestLine());
  }

  /** What is wrong with the head, or null where nothing is. */
  static @Nullable Failure exceeded(HttpServerRequest request, ServerSettings settings) {
    var http2 = request.version() == HttpVersion.HTTP_2;
    if (http2 && request.uri() != null && request.uri().length() > settings.requestLine()) {
      return Failure.LINE_TOO_LONG;
    }
    var fields = 0;
    var size = 0;
    for (var field : request.headers()) {
      if (++fields > settings.fields()) {
        return Failure.FIELDS_TOO_LARGE;
      }
      if (field.getKey().isEmpty()) {
        return Failure.MALFORMED;
      }
      if (http2) {
        size += field.getKey().length() + field.getValue().length() + HTTP2_FIELD_OVERHEAD;
      }
    }
    return size > settings.headers() ? Failure.FIELDS_TOO_LARGE : null;
  }

  /** What Netty means by refusing a head. */
  static Failure refusedBy(@Nullable Throwable decoder) {
    if (decoder instanceof TooLongHttpLineException) {
      return Failure.LINE_TOO_LONG;
    }
    return decoder instanceof TooLongHttpHeaderException
        ? Failure.FIELDS_TOO_LARGE
        : Failure.MALFORMED;
  }
}
