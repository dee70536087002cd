package dev.rendezvous.gateway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route is for.
 *
 * @param path a canonical path; it covers itself and everything below it
 * @param host a host in lower case, one with {@code *.} before it for every host below it, or null
 *     for any
 * @param methods empty for any; {@code GET} takes {@code HEAD} with it (RFC 9110 section 9.3.2)
 * @param name all of this in one word for logs and metrics
 */
public record RouteMatch(String path, @Nullable String host, Set<String> methods, String name) {
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
              + "|\\[[0-9a-f:.]+]");

  static RouteMatch of(String path) {
    return of(path, null, Set.of());
  }

  static RouteMatch of(String path, @Nullable String host, Set<String> methods) {
    var all = new TreeSet<>(methods);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    var place = (host == null ? "" : host) + path;
    var name = all.isEmpty() ? place : String.join(",", all) + " " + place;
    return new RouteMatch(path, host, Set.copyOf(all), name);
  }

  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** The host of a Host field as routes name hosts: without a port, the root's dot or capitals. */
  static String hostOf(String field) {
    var bracket = field.indexOf(']');
    var colon = field.indexOf(':', Math.max(0, bracket));
    var host = colon < 0 ? field : field.substring(0, colon);
    return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host)
        .toLowerCase(Locale.ROOT);
  }

  /** Whether a canonical path is this route's: {@code /users} covers {@code /users/1} alone. */
  boolean covers(String canonicalPath) {
    return canonicalPath.startsWith(path)
        && (canonicalPath.length() == path.length()
            || path.length() == 1
            || canonicalPath.charAt(path.length()) == '/');
  }

  boolean isFor(String requestedHost) {
    if (host == null) {
      return true;
    }
    return host.startsWith("*.")
        ? requestedHost.length() > host.length() - 1
            && requestedHost.regionMatches(
                requestedHost.length() - host.length() + 1, host, 1, host.length() - 1)
        : host.equals(requestedHost);
  }

  boolean takes(String method) {
    return methods.isEmpty() || methods.contains(method);
  }

  /** How much a host says: nothing, a suffix by its length, one host. */
  int hostRank() {
    if (host == null) {
      return 0;
    }
    return host.startsWith("*.") ? host.length() : Integer.MAX_VALUE;
  }

  /** Whether some request is matched by both, and none of the two is the more particular one. */
  boolean isRivalOf(RouteMatch other) {
    var samePlace =
        path.equals(other.path) && (host == null ? other.host == null : host.equals(other.host));
    return samePlace
        && methods.isEmpty() == other.methods.isEmpty()
        && (methods.isEmpty() || methods.stream().anyMatch(other.methods::contains));
  }

  JsonObject describe() {
    var json = new JsonObject().put("route", name).put("path", path);
    if (host != null) {
      json.put("host", host);
    }
    if (!methods.isEmpty()) {
      var sorted = new JsonArray();
      new TreeSet<>(methods).forEach(sorted::add);
      json.put("methods", sorted);
    }
    return json;
  }
}
