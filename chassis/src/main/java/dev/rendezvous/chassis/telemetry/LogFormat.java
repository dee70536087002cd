package dev.rendezvous.chassis.telemetry;

import java.io.IOException;
import java.nio.file.Path;

/** How log lines look: one JSON object each for machines, or text for people. */
public enum LogFormat {
  JSON,
  TEXT;

  /** Text where a person is looking, else JSON. */
  static LogFormat suited() {
    try {
      // System.console() cannot tell: since JDK 22 it is there without a terminal, too.
      var output = Path.of("/dev/stdout").toRealPath().toString();
      return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty") ? TEXT : JSON;
    } catch (IOException e) {
      return JSON;
    }
  }
}
