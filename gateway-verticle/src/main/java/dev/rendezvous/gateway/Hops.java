package dev.rendezvous.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What tells of, or limits, the gateways on a request's way (RFC 9110 section 7.6). */
final class Hops {
  private static final CharSequence MAX_FORWARDS = HttpHeaders.createOptimized("max-forwards");
  private static final CharSequence VIA = HttpHeaders.createOptimized("via");
  private static final CharSequence HTTP_1_0 = HttpHeaders.createOptimized("1.0 rendezvous");
  private static final CharSequence HTTP_1_1 = HttpHeaders.createOptimized("1.1 rendezvous");
  private static final CharSequence HTTP_2 = HttpHeaders.createOptimized("2 rendezvous");

  private Hops() {}

  /** Whether a request asks about the way and has reached the end of what it asks about. */
  static boolean isLast(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && "0".equals(request.getHeader(MAX_FORWARDS));
  }

  /** Adds this one. */
  static void add(HttpServerRequest from, MultiMap to) {
    var version = from.version();
    to.add(
        VIA,
        version == HttpVersion.HTTP_2
            ? HTTP_2
            : version == HttpVersion.HTTP_1_0 ? HTTP_1_0 : HTTP_1_1);
    if (from.method().equals(HttpMethod.OPTIONS)) {
      var left = from.getHeader(MAX_FORWARDS);
      if (left != null && left.length() < 10 && left.chars().allMatch(c -> c >= '0' && c <= '9')) {
        to.set(MAX_FORWARDS, Integer.toString(Integer.parseInt(left) - 1));
      }
    }
  }
}
