package dev.rendezvous.playground;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts processes that cannot outlive this one.
 *
 * <p>Each waits at the door, a shell that reads one line, until the watchdog knows it; if this
 * process dies in between, the shell reads the end of its input and ends. So there is no moment at
 * which a SIGKILL leaves something behind.
 */
final class Launcher {

  private static final String DOOR = "read -r go && exec \"$@\" </dev/null";

  /** What a child may see of the caller's environment: nothing that configures a service. */
  private static final List<String> KEPT =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_TOOL_OPTIONS");

  private final Watchdog watchdog;
  private boolean closed;

  Launcher(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /**
   * Starts the command with its output appended to the log.
   *
   * @param signal what ends it in good order, TERM or INT
   * @param ended hears once that it is gone
   */
  synchronized Process launch(Command command, Path log, String signal, Consumer<Process> ended) {
    if (closed) {
      throw new StartFailure("the system is stopping");
    }
    List<String> line = new ArrayList<>(List.of("sh", "-c", DOOR, "door"));
    line.addAll(OwnSession.command());
    line.addAll(command.line());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment(command));
    try {
      Process process = builder.start();
      watchdog.add(process.pid(), signal);
      tellWhenGone(process, ended);
      try (var door = process.getOutputStream()) {
        door.write("go\n".getBytes(StandardCharsets.UTF_8));
      }
      return process;
    } catch (IOException e) {
      throw new StartFailure(command.line().get(0) + " cannot be started: " + e.getMessage(), e);
    }
  }

  private void tellWhenGone(Process process, Consumer<Process> ended) {
    Thread thread =
        new Thread(
            () -> {
              try {
                process.waitFor();
                watchdog.remove(process.pid());
                ended.accept(process);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "process-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs the command to its end and returns its exit code. */
  int run(Command command, Path log) {
    Process process = launch(command, log, "TERM", ended -> {});
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while " + command.line().get(0) + " ran", e);
    }
  }

  /** From now on nothing is started. */
  synchronized void close() {
    closed = true;
  }

  private static Map<String, String> environment(Command command) {
    Map<String, String> environment = new LinkedHashMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (KEPT.contains(name) || name.startsWith("OTEL_")) {
                environment.put(name, value);
              }
            });
    environment.putAll(command.environment());
    return environment;
  }
}
