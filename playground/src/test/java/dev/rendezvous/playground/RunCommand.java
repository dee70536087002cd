package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@code ./run} that somebody has typed: what it says, and what becomes of its processes. */
final class RunCommand implements AutoCloseable {

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private final Set<ProcessHandle> seen = new HashSet<>();

  private RunCommand(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of ./run");
    reader.setDaemon(true);
    reader.start();
  }

  static RunCommand type(Path root, Map<String, String> environment, String... args)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(root.resolve("run").toString()));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new RunCommand(builder.start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException closed) {
      // The process is gone.
    }
  }

  /** Waits for a line that begins so, and remembers all processes that there are then. */
  void awaitLine(String beginning, Duration patience) {
    Await.until(patience, () -> has(beginning) || !process.isAlive());
    assertThat(lines).anyMatch(line -> line.startsWith(beginning));
    process.descendants().forEach(seen::add);
  }

  private boolean has(String beginning) {
    return lines.stream().anyMatch(line -> line.startsWith(beginning));
  }

  int awaitExit(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("./run ended; it said %s", lines)
        .isTrue();
    reader.join(2_000);
    return process.exitValue();
  }

  /** None of the processes that were there at an awaited line, the watchdog included. */
  void assertNothingIsLeft(Duration patience) {
    assertThat(seen).isNotEmpty();
    assertThat(Await.until(patience, () -> seen.stream().noneMatch(Liveness::runs)))
        .as("processes left: %s", seen.stream().filter(Liveness::runs).toList())
        .isTrue();
  }

  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly(); // the watchdog ends the rest
  }
}
