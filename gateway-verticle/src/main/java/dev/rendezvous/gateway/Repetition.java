package dev.rendezvous.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Whether a request may reach a service twice. */
final class Repetition {
  private static final String KEY = "idempotency-key";
  private static final CharSequence KEY_FIELD = HttpHeaders.createOptimized(KEY);

  private Repetition() {}

  /**
   * By its method (RFC 9110 section 9.2.2), or by a key by which the service knows it again.
   *
   * @param nominated fields that do not reach the service; a key among them protects nobody
   */
  static boolean isHarmless(HttpServerRequest request, List<String> nominated) {
    var method = request.method();
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.DELETE)
        || method.equals(HttpMethod.OPTIONS)
        || (request.headers().contains(KEY_FIELD) && !FieldNames.isIn(nominated, KEY));
  }
}
