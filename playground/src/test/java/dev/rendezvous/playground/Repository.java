package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the tests find what was checked out and built. */
final class Repository {

  /** Surefire and Failsafe start tests in the module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static final Path TOOLS = ROOT.resolve("playground/tools");

  private Repository() {}

  /** The modules' folders. */
  static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
    }
  }

  /** All Java files, tests included. */
  static List<Path> javaFiles() throws IOException {
    List<Path> all = new java.util.ArrayList<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src"))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(all::add);
      }
    }
    return all;
  }
}
