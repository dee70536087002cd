package dev.rendezvous.gateway.route;

import dev.rendezvous.gateway.route.Destinations.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code routes:} section. */
final class RouteSection {
  static final List<String> FIELDS =
      List.of(
          "path",
          "host",
          "methods",
          "service",
          "services",
          "rewrite",
          "try_first_byte",
          "first_byte",
          "exchange",
          "stream_idle",
          "body_limit",
          "in_flight",
          "rate_limit",
          "retries");

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
  private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");
  static final String A_SERVICE = "a name such as user-service";
  private static final String TIME = "500ms, 5s or 2m";
  private static final String TIME_OR_NONE = "500ms, 5s, 2m or none";
  private static final int MOST_WEIGHT = 10_000;

  private RouteSection() {}

  static RouteTable read(List<Fields> section) throws InvalidFileException {
    var routes = new ArrayList<Route>();
    for (var fields : section) {
      var route = route(fields);
      for (var other : routes) {
        if (route.match().isRivalOf(other.match())) {
          throw fields.invalid("", "%s has a route already".formatted(route.name()));
        }
      }
      routes.add(route);
    }
    return new RouteTable(routes);
  }

  private static Route route(Fields fields) throws InvalidFileException {
    return new Route(
        match(fields),
        destinations(fields),
        fields.nullable("rewrite", "a path such as / or /internal/users", RouteSection::path),
        times(fields),
        fields.optional(
            "body_limit", Route.DEFAULT_BODY_LIMIT, "2MiB, 64KiB or none", Amounts::sizeOrNone),
        fields.optional("retries", Route.ANY_TRIES, "none or 1 to 10", RouteSection::tries),
        gate(fields));
  }

  private static RouteMatch match(Fields fields) throws InvalidFileException {
    var path = fields.required("path", "a path such as /users", RouteSection::path);
    var host = fields.nullable("host", "a host in lower case or *.example.com", RouteMatch::host);
    var methods = fields.list("methods", "a method such as GET", RouteSection::method);
    if (fields.has("methods") && methods.isEmpty()) {
      throw fields.invalid("methods", "methods must name at least one method, or be left out");
    }
    return RouteMatch.of(path, host, Set.copyOf(methods));
  }

  private static Destinations destinations(Fields fields) throws InvalidFileException {
    if (fields.has("service") && fields.has("services")) {
      throw fields.invalid("services", "service and services exclude each other");
    }
    if (!fields.has("services")) {
      return Destinations.of(fields.required("service", A_SERVICE, RouteSection::service));
    }
    var shares = new ArrayList<Share>();
    for (var one : fields.mappings("services", "service", List.of("service", "weight"))) {
      var service = one.required("service", A_SERVICE, RouteSection::service);
      if (shares.stream().anyMatch(share -> share.service().equals(service))) {
        throw one.invalid("service", service + " is named twice");
      }
      var accepted = "a whole number from 0 to " + MOST_WEIGHT;
      shares.add(
          new Share(service, one.required("weight", accepted, Amounts.numberFrom(0, MOST_WEIGHT))));
    }
    var destinations = new Destinations(shares);
    if (destinations.total() == 0) {
      throw fields.invalid("services", "at least one weight must be more than 0");
    }
    return destinations;
  }

  private static Route.Times times(Fields fields) throws InvalidFileException {
    var usual = Route.Times.DEFAULTS;
    return new Route.Times(
        fields.optional("try_first_byte", usual.tryFirstByte(), TIME, Amounts::time),
        fields.optional("first_byte", usual.firstByte(), TIME, Amounts::time),
        fields.optional("exchange", usual.exchange(), TIME_OR_NONE, Amounts::timeOrNone),
        fields.nullable("stream_idle", TIME_OR_NONE, Amounts::timeOrNone));
  }

  private static RouteGate gate(Fields fields) throws InvalidFileException {
    var places =
        fields.optional(
            "in_flight", 0, "a whole number from 1 to 100000", Amounts.numberFrom(1, 100_000));
    var limit = fields.mapping("rate_limit", List.of("rate", "burst"));
    return RouteGate.of(places, limit == null ? null : rates(limit));
  }

  private static ClientRates rates(Fields limit) throws InvalidFileException {
    var interval = limit.required("rate", "10/s or 30/m", Amounts::interval);
    var burst =
        limit.required("burst", "a whole number from 1 to 100000", Amounts.numberFrom(1, 100_000));
    return new ClientRates(interval, burst);
  }

  private static int tries(String text) {
    return text.equals("none") ? 1 : 1 + Amounts.numberFrom(1, 10).apply(text);
  }

  /** Only a path that requests can have: one that is not canonical would never be found. */
  static String path(String text) {
    var target = RequestTarget.parse(text);
    var withoutEnd = text.length() > 1 && text.endsWith("/");
    if (target == null || withoutEnd || !target.uri().equals(text) || text.contains("?")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String method(String text) {
    if (!METHOD.matcher(text).matches() || REFUSED_METHODS.contains(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  static String service(String text) {
    if (!SERVICE.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
