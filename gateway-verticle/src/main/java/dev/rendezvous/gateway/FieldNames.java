package dev.rendezvous.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Which header fields do not pass a gateway (RFC 9110 section 7.6.1). Allocates nothing. */
final class FieldNames {
  private static final String FORWARDED_PREFIX = "x-forwarded-";

  private FieldNames() {}

  /** Fields that mean one connection only, in either direction. */
  static boolean isHopByHop(String name) {
    return switch (name.length()) {
      case 2 -> is(name, "te");
      case 7 -> is(name, "upgrade");
      case 10 -> is(name, "connection") || is(name, "keep-alive");
      case 14 -> is(name, "http2-settings");
      case 16 -> is(name, "proxy-connection");
      case 17 -> is(name, "transfer-encoding");
      case 18 -> is(name, "proxy-authenticate");
      case 19 -> is(name, "proxy-authorization");
      default -> false;
    };
  }

  /**
   * Fields of a request that the gateway writes itself, so that no client's word is taken for its
   * own; an underscore counts as a hyphen because some servers cannot tell the two.
   */
  static boolean isOurs(String name) {
    return switch (name.length()) {
      case 4 -> is(name, "host");
      case 6 -> is(name, "expect");
      case 7 -> is(name, "trailer");
      case 9 -> is(name, "forwarded") || is(name, "x-real-ip");
      case 11 -> is(name, "traceparent");
      case 12 -> is(name, "x-request-id");
      case 14 -> is(name, "content-length");
      case 18 -> is(name, "rendezvous-service") || begins(name, FORWARDED_PREFIX);
      default -> begins(name, FORWARDED_PREFIX);
    };
  }

  /**
   * The fields that {@code Connection} names; they end here, too. Usually none: what {@code close}
   * and {@code keep-alive} name is no field.
   */
  static List<String> nominated(MultiMap headers) {
    if (!headers.contains(HttpHeaders.CONNECTION)) {
      return List.of();
    }
    var names = new ArrayList<String>(0);
    for (var value : headers.getAll(HttpHeaders.CONNECTION)) {
      if (isUsual(value)) {
        continue;
      }
      for (var begin = 0; begin <= value.length(); ) {
        var comma = value.indexOf(',', begin);
        var end = comma < 0 ? value.length() : comma;
        var name = value.substring(begin, end).strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
        begin = end + 1;
      }
    }
    return names;
  }

  /** Whether a field is among the nominated. */
  static boolean isIn(List<String> nominated, String name) {
    for (var i = 0; i < nominated.size(); i++) {
      if (nominated.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }

  private static boolean is(String name, String lowerCase) {
    return name.length() == lowerCase.length() && begins(name, lowerCase);
  }

  private static boolean begins(String name, String lowerCase) {
    if (name.length() < lowerCase.length()) {
      return false;
    }
    for (var i = 0; i < lowerCase.length(); i++) {
      var c = name.charAt(i);
      var folded = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      if (folded != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
