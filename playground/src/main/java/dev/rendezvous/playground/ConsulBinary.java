package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a Consul program is: on PATH, or wherever {@code tools/get-consul} can get one from. */
final class ConsulBinary {

  private final Path tools;
  private final Path log;
  private final Launcher launcher;
  private @Nullable String path;

  ConsulBinary(Path tools, Path log, Launcher launcher) {
    this.tools = tools;
    this.log = log;
    this.launcher = launcher;
  }

  /**
   * @throws StartFailure with one line that tells how to get one
   */
  synchronized String path() {
    if (path == null) {
      path = found();
    }
    return path;
  }

  private String found() {
    int exit = launcher.run(Command.of("bash", tools.resolve("get-consul").toString()), log);
    try {
      String said = Files.readString(log).stripTrailing();
      String last = said.substring(said.lastIndexOf('\n') + 1);
      if (exit != 0) {
        throw new StartFailure(last);
      }
      return last;
    } catch (IOException e) {
      throw new StartFailure(log + " cannot be read: " + e, e);
    }
  }
}
