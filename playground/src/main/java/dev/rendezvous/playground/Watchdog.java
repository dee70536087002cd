package dev.rendezvous.playground;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the registered processes when this one is gone, even by SIGKILL: the other end of the pipe
 * that {@code tools/watchdog} reads.
 *
 * <p>Nothing but this object may hold the pipe open: its end is the news.
 */
final class Watchdog {

  private final OutputStream pipe;

  private Watchdog(OutputStream pipe) {
    this.pipe = pipe;
  }

  /** The one that {@code ./run} started and whose pipe this process inherited. */
  static Watchdog inherited(String pipe) {
    try {
      return new Watchdog(new FileOutputStream(pipe));
    } catch (IOException e) {
      throw new StartFailure("the watchdog's pipe cannot be opened: " + e.getMessage(), e);
    }
  }

  /** A new one for this process. */
  static Watchdog start(Path tools) {
    List<String> command = new ArrayList<>(OwnSession.command());
    command.addAll(List.of("bash", tools.resolve("watchdog").toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return new Watchdog(process.getOutputStream());
    } catch (IOException e) {
      throw new StartFailure("the watchdog cannot be started: " + e.getMessage(), e);
    }
  }

  /** Once this returns, the process does not outlive this one by more than a few seconds. */
  void add(long pid, String signal) throws IOException {
    send("add " + pid + " " + signal);
  }

  void remove(long pid) {
    try {
      send("remove " + pid);
    } catch (IOException gone) {
      // Whoever ended the watchdog has also ended its duty; the process is gone anyway.
    }
  }

  private synchronized void send(String line) throws IOException {
    pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    pipe.flush();
  }
}
