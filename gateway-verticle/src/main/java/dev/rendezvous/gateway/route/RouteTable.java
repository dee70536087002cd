package dev.rendezvous.gateway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which route a request takes. Immutable.
 *
 * <p>Of the routes that cover its path and are for its host those with the longest path count; of
 * these the one with the most particular host that takes its method, and one that names the method
 * before one that takes any.
 */
public final class RouteTable {
  private static final Comparator<RouteMatch> MOST_PARTICULAR_FIRST =
      Comparator.comparingInt((RouteMatch match) -> match.path().length())
          .thenComparingInt(RouteMatch::hostRank)
          .thenComparing(match -> !match.methods().isEmpty())
          .reversed();

  /** What a gateway without a file of its own does. */
  public static final RouteTable BUILT_IN =
      new RouteTable(
          List.of(new Route("/users", "user-service"), new Route("/orders", "order-service")));

  private final Route[] routes;
  private final boolean hostsCount;

  public RouteTable(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(Comparator.comparing(Route::match, MOST_PARTICULAR_FIRST))
            .toArray(Route[]::new);
    this.hostsCount = routes.stream().anyMatch(route -> route.match().host() != null);
  }

  /**
   * The route of a request, or null where there is none; {@link #methods} tells why.
   *
   * @param canonicalPath see {@link RequestTarget}
   * @param hostField as the client named it, empty where it named none
   */
  public @Nullable Route find(String canonicalPath, String hostField, String method) {
    var host = hostsCount ? RouteMatch.hostOf(hostField) : "";
    String path = null;
    for (var route : routes) {
      var match = route.match();
      if (path != null && !path.equals(match.path())) {
        return null;
      }
      if (match.covers(canonicalPath) && match.isFor(host)) {
        if (match.takes(method)) {
          return route;
        }
        path = match.path();
      }
    }
    return null;
  }

  /** The methods for which a path of a host has a route; empty where it has none at all. */
  public Set<String> methods(String canonicalPath, String hostField) {
    var host = hostsCount ? RouteMatch.hostOf(hostField) : "";
    var methods = new TreeSet<String>();
    String path = null;
    for (var route : routes) {
      var match = route.match();
      if (match.covers(canonicalPath)
          && match.isFor(host)
          && (path == null || path.equals(match.path()))) {
        path = match.path();
        methods.addAll(match.methods());
      }
    }
    return methods;
  }

  /** Every service that a route leads to. */
  public Set<String> services() {
    var services = new LinkedHashSet<String>();
    for (var route : routes) {
      route.destinations().shares().forEach(share -> services.add(share.service()));
    }
    return services;
  }

  /** This table; routes that an earlier one has, too, count on from there. */
  RouteTable continuing(RouteTable earlier) {
    return new RouteTable(
        List.of(routes).stream().map(route -> continued(route, earlier)).toList());
  }

  private static Route continued(Route route, RouteTable earlier) {
    for (var before : earlier.routes) {
      if (before.name().equals(route.name())) {
        return route.continuing(before);
      }
    }
    return route;
  }

  /** {@code GET /routes} on the management port, the most particular first. */
  JsonObject describe() {
    var all = new JsonArray();
    for (var route : routes) {
      all.add(route.describe());
    }
    return new JsonObject().put("routes", all);
  }
}
