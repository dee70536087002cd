package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a process's log, for the one line that says why it did not start. */
final class Log {

  private static final int LINES = 8;

  private Log() {}

  static String tail(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return "; the end of " + log + ":\n    " + String.join("\n    ", last);
    } catch (IOException unreadable) {
      return "; it left no log at " + log;
    }
  }
}
