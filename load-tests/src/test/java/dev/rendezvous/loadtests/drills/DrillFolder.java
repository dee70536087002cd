package dev.rendezvous.loadtests.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A drill's data folder below {@code target}: new for each run, and kept for whoever asks why. */
final class DrillFolder {

  private DrillFolder() {}

  static Path fresh(String name) {
    Path folder = Path.of("target", "drills", name).toAbsolutePath();
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> old = Files.walk(folder)) {
          for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
