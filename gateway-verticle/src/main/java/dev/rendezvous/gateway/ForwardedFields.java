package dev.rendezvous.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells a service of the connections that its request came over: {@code Forwarded} (RFC 7239)
 * and {@code X-Forwarded-*}.
 *
 * <p>What the request says of this itself counts only where it comes from a trusted network: then
 * {@code Forwarded} and {@code X-Forwarded-For} are continued, {@code X-Forwarded-Proto} and {@code
 * X-Forwarded-Host}, which have room for one value, stay as they are. From anybody else nothing of
 * it passes.
 */
final class ForwardedFields {
  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
  private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
  private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");

  private ForwardedFields() {}

  static void add(HttpServerRequest from, RequestFields.Own own, MultiMap to) {
    var client = own.client().host();
    var scheme = from.isSSL() ? "https" : "http";
    var element = element(client, own.host(), scheme);
    if (own.trusted().contains(client)) {
      var said = from.headers();
      to.add(FORWARDED, continued(said.getAll(FORWARDED), element));
      to.add(FOR, continued(said.getAll(FOR), client));
      add(to, PROTO, said.get(PROTO), scheme);
      add(to, HOST, said.get(HOST), own.host());
      return;
    }
    to.add(FORWARDED, element);
    to.add(FOR, client);
    to.add(PROTO, scheme);
    if (!own.host().isEmpty()) {
      to.add(HOST, own.host());
    }
  }

  private static void add(MultiMap to, CharSequence name, @Nullable String said, String own) {
    var value = said == null ? own : said;
    if (!value.isEmpty()) {
      to.add(name, value);
    }
  }

  /** One hop; what is no token must be quoted (section 4), IPv6 in brackets (section 6). */
  private static String element(String client, String host, String scheme) {
    var node = client.indexOf(':') < 0 ? client : "\"[" + withoutZone(client) + "]\"";
    return host.isEmpty()
        ? "for=" + node + ";proto=" + scheme
        : "for=" + node + ";host=\"" + host + "\";proto=" + scheme;
  }

  private static String withoutZone(String address) {
    var zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static String continued(List<String> said, String own) {
    return said.isEmpty() ? own : String.join(", ", said) + ", " + own;
  }
}
