package dev.rendezvous.loadtests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDKs of this machine that can run the gateway. */
final class Jdks {
  private static final int OLDEST = 17;
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  private Jdks() {}

  /** By feature release: the one that runs this, and those that lie beside it. */
  static Map<Integer, Path> found() throws IOException {
    Path own = Path.of(System.getProperty("java.home", ""));
    List<Path> candidates = new ArrayList<>(List.of(own));
    for (Path folder : List.of(own.toRealPath().resolveSibling("."), Path.of("/usr/lib/jvm"))) {
      if (Files.isDirectory(folder)) {
        try (var siblings = Files.list(folder)) {
          siblings.sorted().forEach(candidates::add);
        }
      }
    }
    Map<Integer, Path> found = new TreeMap<>();
    for (Path home : candidates) {
      int version = version(home);
      if (version >= OLDEST) {
        found.putIfAbsent(version, home.normalize());
      }
    }
    return found;
  }

  private static int version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    Matcher version = VERSION.matcher(Files.readString(release));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
