package dev.rendezvous.gateway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The fields of one YAML mapping, read strictly: what is not understood is refused. */
final class Fields {
  private final Node node;
  private final Map<String, Node> values;

  private Fields(Node node, Map<String, Node> values) {
    this.node = node;
    this.values = values;
  }

  /** The mapping that a whole text is. */
  static Fields ofText(String text, List<String> known) throws InvalidFileException {
    try {
      var root =
          new Compose(LoadSettings.builder().build())
              .composeString(text)
              .orElseThrow(() -> new InvalidFileException("line 1: the file is empty"));
      return of(root, known);
    } catch (YamlEngineException e) {
      throw InvalidFileException.of(e);
    }
  }

  /** The fields of a mapping that has none but the known ones. */
  static Fields of(Node node, List<String> known) throws InvalidFileException {
    if (!(node instanceof MappingNode mapping)) {
      throw InvalidFileException.at(node, "expected the fields " + String.join(", ", known));
    }
    var values = new LinkedHashMap<String, Node>();
    for (var tuple : mapping.getValue()) {
      var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
      if (!known.contains(name)) {
        var reason = "unknown field \"%s\"; known: %s".formatted(name, String.join(", ", known));
        throw InvalidFileException.at(tuple.getKeyNode(), reason);
      }
      if (values.put(name, tuple.getValueNode()) != null) {
        throw InvalidFileException.at(tuple.getKeyNode(), name + " is given twice");
      }
    }
    return new Fields(node, values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** An error at a field, or at the whole mapping where the field is left out. */
  InvalidFileException invalid(String name, String reason) {
    return InvalidFileException.at(values.getOrDefault(name, node), reason);
  }

  /** The mapping below this name, null where it is left out. */
  @Nullable Fields mapping(String name, List<String> known) throws InvalidFileException {
    var value = values.get(name);
    return value == null ? null : of(value, known);
  }

  /** A list of at least one mapping; empty where it is left out. */
  List<Fields> mappings(String name, String of, List<String> known) throws InvalidFileException {
    var value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw invalid(name, "%s must be a list of at least one %s".formatted(name, of));
    }
    var mappings = new ArrayList<Fields>();
    for (var item : sequence.getValue()) {
      mappings.add(of(item, known));
    }
    return mappings;
  }

  /** A value that must be there; {@code accepted} completes the sentence "accepted is …". */
  <T> T required(String name, String accepted, Function<String, T> parser)
      throws InvalidFileException {
    var value = values.get(name);
    if (value == null) {
      throw invalid(name, name + " is missing; accepted is " + accepted);
    }
    return parse(name, value, accepted, parser);
  }

  /** A value with a default. */
  <T> T optional(String name, T fallback, String accepted, Function<String, T> parser)
      throws InvalidFileException {
    var value = values.get(name);
    return value == null ? fallback : parse(name, value, accepted, parser);
  }

  /** A value that may be missing. */
  <T> @Nullable T nullable(String name, String accepted, Function<String, T> parser)
      throws InvalidFileException {
    var value = values.get(name);
    return value == null ? null : parse(name, value, accepted, parser);
  }

  /** A list of values, empty where it is left out. */
  <T> List<T> list(String name, String accepted, Function<String, T> parser)
      throws InvalidFileException {
    var value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw invalid(name, "%s must be a list; accepted is %s".formatted(name, accepted));
    }
    var items = new ArrayList<T>();
    for (var item : sequence.getValue()) {
      items.add(parse(name, item, accepted, parser));
    }
    return List.copyOf(items);
  }

  private static <T> T parse(String name, Node value, String accepted, Function<String, T> parser)
      throws InvalidFileException {
    var text = value instanceof ScalarNode scalar ? scalar.getValue() : "";
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      var shown = text.replaceAll("\\R", " ");
      throw InvalidFileException.at(
          value, "%s: \"%s\" is refused; accepted is %s".formatted(name, shown, accepted));
    }
  }
}
