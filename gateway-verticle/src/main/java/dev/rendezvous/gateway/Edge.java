package dev.rendezvous.gateway;

import dev.rendezvous.gateway.route.RequestTarget;
import dev.rendezvous.gateway.route.ServerSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be before it is looked at any further (RFC 9112 section 3).
 *
 * <p>What is not HTTP at all never comes this far: Netty refuses it.
 */
final class Edge {
  private static final String SCHEME = "http://";

  private Edge() {}

  /** What becomes of a request. */
  sealed interface Admission {}

  /**
   * It may go on.
   *
   * @param host as the client named it, empty where HTTP/1.0 names none
   */
  record Admitted(String host, RequestTarget target) implements Admission {}

  /** It is answered here. */
  record Refused(Failure failure) implements Admission {}

  /** Admits or refuses. */
  static Admission admit(HttpServerRequest request, ServerSettings settings) {
    if (request.version() == null) {
      return new Refused(Failure.MALFORMED);
    }
    var excess = HeadLimits.exceeded(request, settings);
    if (excess != null) {
      return new Refused(excess);
    }
    var method = request.method();
    if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
      return new Refused(Failure.METHOD_REFUSED);
    }
    if (!isFramingKnown(request)) {
      return new Refused(Failure.BAD_BODY);
    }
    var host = host(request);
    if (host == null) {
      return new Refused(Failure.BAD_HOST);
    }
    if (method.equals(HttpMethod.OPTIONS) && request.uri().equals("*")) {
      return new Admitted(host, RequestTarget.SERVER);
    }
    var originForm = originForm(request.uri(), host);
    var target = originForm == null ? null : RequestTarget.parse(originForm);
    return target == null ? new Refused(Failure.BAD_TARGET) : new Admitted(host, target);
  }

  /** Only chunks: what Netty does not decode would reach the service as something else. */
  private static boolean isFramingKnown(HttpServerRequest request) {
    var headers = request.headers();
    if (!headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return true;
    }
    var codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.size() == 1
        && codings.get(0).equalsIgnoreCase("chunked")
        && request.version() == HttpVersion.HTTP_1_1;
  }

  /** The one host that is named, empty where HTTP/1.0 names none; null where it is refused. */
  private static @Nullable String host(HttpServerRequest request) {
    List<String> fields = request.headers().getAll(HttpHeaders.HOST);
    if (request.version() == HttpVersion.HTTP_2) {
      // Vert.x has refused an authority that is malformed or differs from the Host field.
      var authority = request.authority();
      return authority == null || fields.size() > 1 ? null : authority.toString();
    }
    if (fields.size() == 1) {
      return isHost(fields.get(0)) ? fields.get(0) : null;
    }
    return fields.isEmpty() && request.version() == HttpVersion.HTTP_1_0 ? "" : null;
  }

  /** Absolute-form counts only for the host of the Host field; the rest is as in origin-form. */
  private static @Nullable String originForm(String uri, String host) {
    if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return uri;
    }
    var end = SCHEME.length();
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    if (!uri.substring(SCHEME.length(), end).equalsIgnoreCase(host)) {
      return null;
    }
    var rest = uri.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** {@code uri-host [":" port]} of RFC 9110 section 7.2, without user information. */
  static boolean isHost(String text) {
    var length = text.length();
    var i = 0;
    if (length > 0 && text.charAt(0) == '[') {
      i = text.indexOf(']') + 1;
      if (i < 4 || !all(text, 1, i - 1, ":.abcdefABCDEF")) {
        return false;
      }
    } else {
      while (i < length && text.charAt(i) != ':') {
        i++;
      }
      if (i == 0 || !all(text, 0, i, "-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        return false;
      }
    }
    return i == length
        || (text.charAt(i) == ':' && length - i <= 6 && all(text, i + 1, length, ""));
  }

  private static boolean all(String text, int begin, int end, String besidesDigits) {
    for (var i = begin; i < end; i++) {
      var c = text.charAt(i);
      if ((c < '0' || c > '9') && besidesDigits.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
