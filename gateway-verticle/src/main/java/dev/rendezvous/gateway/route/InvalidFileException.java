package dev.rendezvous.gateway.route;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Why a file is refused: one line, which begins with the number of the line at fault. */
public final class InvalidFileException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidFileException(String reason) {
    super(reason, null, false, false);
  }

  static InvalidFileException at(Node node, String reason) {
    var line = node.getStartMark().map(mark -> "line " + (mark.getLine() + 1) + ": ");
    return new InvalidFileException(line.orElse("") + reason);
  }

  /** Why this text is not even YAML. */
  static InvalidFileException of(YamlEngineException cause) {
    if (cause instanceof MarkedYamlEngineException marked) {
      var line = marked.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ");
      return new InvalidFileException(line.orElse("") + marked.getProblem());
    }
    return new InvalidFileException(String.valueOf(cause.getMessage()).replace('\n', ' '));
  }
}
