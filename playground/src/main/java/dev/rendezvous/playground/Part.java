package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the system, by name: it can be started and ended in every way that a machine ends
 * processes, as often as wanted.
 *
 * <p>A part that ends without having been told to stays down, and the listener hears of it.
 */
public final class Part {

  /** Above the 28 s that a service gives itself to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Program program;
  private final Launcher launcher;
  private final Path log;
  private final Consumer<Part> endedByItself;
  private volatile @Nullable Process process;

  /** The process, not a flag: the news of its end may come when the next one runs already. */
  private volatile @Nullable Process toldToEnd;

  Part(Program program, Launcher launcher, Path logs, Consumer<Part> endedByItself) {
    this.program = program;
    this.launcher = launcher;
    this.log = logs.resolve(program.name() + ".log");
    this.endedByItself = endedByItself;
  }

  public String name() {
    return program.name();
  }

  /** Where it is reached, for people. */
  public String address() {
    return program.address();
  }

  public Path log() {
    return log;
  }

  /** Starts the process and does not wait until it serves; nothing where it runs already. */
  public synchronized void start() {
    if (alive()) {
      return;
    }
    process = launcher.launch(program.command(), log, program.stopSignal(), this::ended);
  }

  private void ended(Process ended) {
    if (ended.equals(process) && !ended.equals(toldToEnd)) {
      endedByItself.accept(this);
    }
  }

  /** Ends it in good order: asks, waits until it is gone, and kills it where it takes too long. */
  public void stop() {
    requestStop();
    awaitEnd();
  }

  synchronized void requestStop() {
    toldToEnd = process;
    signal(program.stopSignal());
    signal("CONT");
  }

  void awaitEnd() {
    if (!endsWithin(PATIENCE)) {
      kill();
    }
  }

  /** Ends it as a crash does, by SIGKILL, and waits until it and its children are gone. */
  public synchronized void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    toldToEnd = running;
    List<ProcessHandle> children = running.descendants().toList();
    running.destroyForcibly();
    endsWithin(PATIENCE);
    // PostgreSQL's own processes notice its death by themselves; until then a new one must wait.
    Await.until(PATIENCE, () -> children.stream().noneMatch(Liveness::runs));
  }

  /** Lets it hang, by SIGSTOP: its connections stay open and nothing answers. */
  public void pause() {
    signal("STOP");
  }

  /** Ends {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  /** Stops it in good order, starts it again and waits until it serves. */
  public void restart() {
    stop();
    start();
    awaitReady(PATIENCE);
  }

  boolean wasStarted() {
    return process != null;
  }

  public boolean alive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Whether it serves, by its own word: one look that takes about a second at most. */
  public boolean ready() {
    Process running = process;
    return running != null && running.isAlive() && program.ready(running.pid());
  }

  /**
   * Waits until it serves.
   *
   * @throws StartFailure if it ends, or does not serve in time
   */
  public void awaitReady(Duration patience) {
    if (!Await.until(patience, () -> ready() || !alive()) || !alive()) {
      throw alive() ? notReady(patience) : died();
    }
  }

  StartFailure notReady(Duration patience) {
    return new StartFailure(
        name() + " was not ready after " + patience.toSeconds() + " s" + Log.tail(log));
  }

  StartFailure died() {
    return new StartFailure(name() + " ended: " + exit() + Log.tail(log));
  }

  /** Its process id, while it runs. */
  public OptionalLong pid() {
    Process running = process;
    return running != null && running.isAlive()
        ? OptionalLong.of(running.pid())
        : OptionalLong.empty();
  }

  /** How the process ended, for people. */
  String exit() {
    Process last = process;
    if (last == null || last.isAlive()) {
      return "running";
    }
    int code = last.exitValue();
    return code > 128 ? "exit " + code + " (signal " + (code - 128) + ")" : "exit " + code;
  }

  private boolean endsWithin(Duration patience) {
    Process running = process;
    try {
      return running == null || running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The JDK sends TERM and KILL only; the shell's own kill needs no package. */
  private void signal(String signal) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + running.pid())
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(name() + " cannot be sent " + signal, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
