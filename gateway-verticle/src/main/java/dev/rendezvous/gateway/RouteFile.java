package dev.rendezvous.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a routes file, read strictly: what is not understood is refused, with its line.
 *
 * <pre>{@code
 * routes:
 *   - path: /users
 *     service: user-service
 *     body_limit: 2MiB        # bytes, KiB, MiB, GiB or none; 1MiB where it is left out
 *     first_byte: 5s          # ms, s or m; 15s where it is left out
 *     exchange: none          # ms, s, m or none; 30s where it is left out
 * }</pre>
 */
final class RouteFile {
  private static final List<String> ROUTE_FIELDS =
      List.of("path", "service", "body_limit", "first_byte", "exchange");

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([a-z]*)");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private RouteFile() {}

  /** Why a file is refused: one line, which begins with the number of the line at fault. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    private Invalid(String reason) {
      super(reason, null, false, false);
    }

    private static Invalid at(Node node, String reason) {
      var line = node.getStartMark().map(mark -> "line " + (mark.getLine() + 1) + ": ");
      return new Invalid(line.orElse("") + reason);
    }
  }

  /** Reads the whole text, or says what is wrong with it. */
  static RouteTable parse(String text) throws Invalid {
    var root = document(text);
    var list = fields(root, List.of("routes")).get("routes");
    if (!(list instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw Invalid.at(list == null ? root : list, "routes must be a list of at least one route");
    }
    var routes = new ArrayList<Route>();
    var paths = new HashSet<String>();
    for (var node : sequence.getValue()) {
      var route = route(node);
      if (!paths.add(route.path())) {
        throw Invalid.at(node, "the path " + route.path() + " has a route already");
      }
      routes.add(route);
    }
    return new RouteTable(routes);
  }

  private static Node document(String text) throws Invalid {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(text)
          .orElseThrow(() -> new Invalid("line 1: the file is empty"));
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new Invalid(line + e.getProblem());
    } catch (YamlEngineException e) {
      throw new Invalid(String.valueOf(e.getMessage()).replace('\n', ' '));
    }
  }

  private static Route route(Node node) throws Invalid {
    var fields = fields(node, ROUTE_FIELDS);
    return new Route(
        read(node, fields, "path", null, "a path such as /users", RouteFile::path),
        read(node, fields, "service", null, "a name such as user-service", RouteFile::service),
        read(node, fields, "body_limit", "1MiB", "2MiB, 64KiB or none", RouteFile::size),
        read(node, fields, "first_byte", "15s", "500ms, 5s or 2m", RouteFile::time),
        read(node, fields, "exchange", "30s", "500ms, 5s, 2m or none", RouteFile::timeOrNone));
  }

  private static Map<String, Node> fields(Node node, List<String> known) throws Invalid {
    if (!(node instanceof MappingNode mapping)) {
      throw Invalid.at(node, "expected the fields " + String.join(", ", known));
    }
    var fields = new HashMap<String, Node>();
    for (var tuple : mapping.getValue()) {
      var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
      if (!known.contains(name)) {
        var reason = "unknown field \"%s\"; known: %s".formatted(name, String.join(", ", known));
        throw Invalid.at(tuple.getKeyNode(), reason);
      }
      if (fields.put(name, tuple.getValueNode()) != null) {
        throw Invalid.at(tuple.getKeyNode(), name + " is given twice");
      }
    }
    return fields;
  }

  private static <T> T read(
      Node route,
      Map<String, Node> fields,
      String name,
      @Nullable String fallback,
      String accepted,
      Function<String, T> parser)
      throws Invalid {
    var node = fields.get(name);
    var text = node instanceof ScalarNode scalar ? scalar.getValue() : node == null ? fallback : "";
    if (text == null) {
      throw Invalid.at(route, name + " is missing; accepted is " + accepted);
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      var at = node == null ? route : node;
      throw Invalid.at(at, "%s: \"%s\" is refused; accepted is %s".formatted(name, text, accepted));
    }
  }

  /** Only a path that requests can have: one that is not canonical would never be found. */
  private static String path(String text) {
    var target = RequestTarget.parse(text);
    var withoutEnd = text.length() > 1 && text.endsWith("/");
    if (target == null || withoutEnd || !target.uri().equals(text) || text.contains("?")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String service(String text) {
    if (!SERVICE.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static long size(String text) {
    if (text.equals("none")) {
      return Route.NO_LIMIT;
    }
    var amount = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (!amount.matches()) {
      throw new IllegalArgumentException(text);
    }
    var shift =
        switch (amount.group(2)) {
          case "" -> 0;
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> throw new IllegalArgumentException(text);
        };
    return Long.parseLong(amount.group(1)) << shift;
  }

  private static Duration timeOrNone(String text) {
    return text.equals("none") ? Route.FOREVER : time(text);
  }

  private static Duration time(String text) {
    var amount = AMOUNT.matcher(text);
    if (!amount.matches() || text.charAt(0) == '0') {
      throw new IllegalArgumentException(text);
    }
    var number = Long.parseLong(amount.group(1));
    var time =
        switch (amount.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> throw new IllegalArgumentException(text);
        };
    return time.compareTo(Route.FOREVER) < 0 ? time : Route.FOREVER;
  }
}
