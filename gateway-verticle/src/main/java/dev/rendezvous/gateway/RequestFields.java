package dev.rendezvous.gateway;

import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.gateway.connection.Peer;
import dev.rendezvous.gateway.route.TrustedNetworks;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request as its service gets them: first everything goes that must not
 * pass, then the gateway adds its own, so that no client can have these dropped or forged.
 *
 * <p>{@code Host} is passed on as the client sent it, as it would be without a gateway. What tells
 * of connections is in {@link ForwardedFields}.
 */
final class RequestFields {
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

  private static final CharSequence SERVICE = HttpHeaders.createOptimized(Discovery.SERVICE_HEADER);
  private static final CharSequence TRACE = HttpHeaders.createOptimized(TraceContext.HEADER);

  private RequestFields() {}

  /**
   * What the gateway says of a request.
   *
   * @param client who sent it to the gateway
   * @param host as the client named it, empty where it named none
   * @param trusted whose word on where the request comes from is passed on
   * @param traceparent null where a tracer of Vert.x writes it
   */
  record Own(
      Peer client,
      String host,
      String service,
      String requestId,
      TrustedNetworks trusted,
      @Nullable String traceparent) {}

  /** Copies what may pass and adds what is ours; framing is left to whoever sends the body. */
  static void copy(HttpServerRequest from, List<String> nominated, Own own, MultiMap to) {
    var joinCookies = from.version() == HttpVersion.HTTP_2;
    for (var field : from.headers()) {
      var name = field.getKey();
      if (FieldNames.isHopByHop(name)
          || FieldNames.isOurs(name)
          || (!nominated.isEmpty() && FieldNames.isIn(nominated, name))) {
        continue;
      }
      if (joinCookies && name.equalsIgnoreCase("cookie")) {
        joinCookie(to, field.getValue());
      } else {
        to.add(name, field.getValue());
      }
    }
    addOwn(from, own, to);
  }

  private static void addOwn(HttpServerRequest from, Own own, MultiMap to) {
    if (!own.host().isEmpty()) {
      to.add(HttpHeaders.HOST, own.host());
    }
    ForwardedFields.add(from, own, to);
    Hops.add(from, to);
    to.add(SERVICE, own.service());
    to.add(REQUEST_ID, own.requestId());
    if (own.traceparent() != null) {
      to.add(TRACE, own.traceparent());
    }
  }

  /** HTTP/2 may split cookies, HTTP/1.1 must not (RFC 9113 section 8.2.3). */
  private static void joinCookie(MultiMap to, String crumb) {
    var before = to.get(HttpHeaders.COOKIE);
    to.set(HttpHeaders.COOKIE, before == null ? crumb : before + "; " + crumb);
  }
}
