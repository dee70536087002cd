package dev.rendezvous.gateway;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Where the requests under one path go, and what they are allowed.
 *
 * @param path a canonical path; it covers itself and everything below it
 * @param service the service that is meant
 * @param bodyLimit the most bytes of a request's body, {@link #NO_LIMIT} for any number
 * @param firstByte the time to the first byte of the answer, over all tries
 * @param exchange the time for the whole exchange; {@link #FOREVER} for as long as bytes take
 */
record Route(String path, String service, long bodyLimit, Duration firstByte, Duration exchange) {
  static final long NO_LIMIT = Long.MAX_VALUE;

  /** Long enough for anybody, short enough to be added to a clock's nanoseconds. */
  static final Duration FOREVER = Duration.ofDays(365);

  static final long DEFAULT_BODY_LIMIT = 1 << 20;
  static final Duration DEFAULT_FIRST_BYTE = Duration.ofSeconds(15);
  static final Duration DEFAULT_EXCHANGE = Duration.ofSeconds(30);

  Route(String path, String service) {
    this(path, service, DEFAULT_BODY_LIMIT, DEFAULT_FIRST_BYTE, DEFAULT_EXCHANGE);
  }

  /** Whether a canonical path is this route's: {@code /users} covers {@code /users/1} alone. */
  boolean covers(String canonicalPath) {
    return canonicalPath.startsWith(path)
        && (canonicalPath.length() == path.length()
            || path.equals("/")
            || canonicalPath.charAt(path.length()) == '/');
  }

  JsonObject describe() {
    return new JsonObject()
        .put("path", path)
        .put("service", service)
        .put("body_limit", bodyLimit == NO_LIMIT ? "none" : bodyLimit)
        .put("first_byte_ms", firstByte.toMillis())
        .put("exchange_ms", exchange.equals(FOREVER) ? "none" : exchange.toMillis());
  }
}
