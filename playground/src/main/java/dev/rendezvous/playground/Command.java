package dev.rendezvous.playground;

import java.util.List;
import java.util.Map;

/** What is executed, and what it finds in its environment beside the caller's PATH and the like. */
record Command(List<String> line, Map<String, String> environment) {

  Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  static Command of(String... line) {
    return new Command(List.of(line), Map.of());
  }
}
