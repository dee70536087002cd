package dev.rendezvous.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program that {@code ./test} has fetched, in a process of this machine. */
final class ConsulBinary implements ConsulAgent {
  private @Nullable Process process;

  ConsulBinary() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  @Override
  public void start(List<String> options) {
    List<String> command = new ArrayList<>(List.of(executable().toString()));
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  @Override
  public void hang() {
    signal("-STOP");
  }

  @Override
  public void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Runs one of Consul's own commands to its end. */
  static void run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(executable().toString()));
    command.addAll(List.of(arguments));
    try {
      Process done =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (done.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("failed: consul " + List.of(arguments));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path executable() {
    String home = System.getProperty("user.home");
    String tools = System.getenv().getOrDefault("RENDEZVOUS_TOOLS", home + "/.cache/rendezvous");
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of(tools, tools + "/bin"))
        .map(folder -> Path.of(folder, "consul"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "these tests need Consul, on PATH or as "
                        + tools
                        + "/bin/consul; ./test gets it"));
  }
}
