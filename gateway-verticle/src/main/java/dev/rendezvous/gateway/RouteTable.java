package dev.rendezvous.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which route a path takes: the one with the longest path that covers it. Immutable. */
final class RouteTable {
  /** What a gateway without a file of its own does. */
  static final RouteTable BUILT_IN =
      new RouteTable(
          List.of(new Route("/users", "user-service"), new Route("/orders", "order-service")));

  private final Route[] longestFirst;

  RouteTable(List<Route> routes) {
    longestFirst =
        routes.stream()
            .sorted(Comparator.comparingInt((Route route) -> route.path().length()).reversed())
            .toArray(Route[]::new);
  }

  /** The route of a canonical path, or null where none covers it. */
  @Nullable Route find(String canonicalPath) {
    for (var route : longestFirst) {
      if (route.covers(canonicalPath)) {
        return route;
      }
    }
    return null;
  }

  /** Every service that a route leads to. */
  Set<String> services() {
    var services = new LinkedHashSet<String>();
    for (var route : longestFirst) {
      services.add(route.service());
    }
    return services;
  }

  /** {@code GET /routes} on the management port. */
  JsonObject describe() {
    var routes = new JsonArray();
    for (var route : longestFirst) {
      routes.add(route.describe());
    }
    return new JsonObject().put("routes", routes);
  }
}
