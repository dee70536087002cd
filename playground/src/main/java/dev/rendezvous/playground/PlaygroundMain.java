package dev.rendezvous.playground;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The program behind {@code ./run}: starts the system, says that it is ready, and stops it in good
 * order on SIGINT, SIGTERM or SIGHUP.
 *
 * <p>Exit codes: 1 where something did not start, 2 for bad arguments, 130 after Ctrl-C and 143
 * after SIGTERM, as for any program that ends by a signal.
 */
public final class PlaygroundMain {

  private PlaygroundMain() {}

  /** Needs the properties {@code rendezvous.root} and {@code rendezvous.watchdog} of ./run. */
  public static void main(String[] args) throws InterruptedException {
    CommandLine command = commandLine(args);
    Path root = Path.of(System.getProperty("rendezvous.root", ".")).toAbsolutePath().normalize();
    Options options = Options.of(command, root, Path.of("").toAbsolutePath());
    Watchdog watchdog = Watchdog.inherited(System.getProperty("rendezvous.watchdog", ""));
    Playground playground = Playground.create(options, watchdog, Progress.printed());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(playground), "stop"));
    try {
      playground.start();
      System.out.println();
      System.out.print(Welcome.text(playground, playground.seconds()));
    } catch (StartFailure failure) {
      if (!playground.closed()) {
        playground.close();
        System.err.println(failure.getMessage());
        System.exit(1);
      }
    }
    Thread.currentThread().join();
  }

  private static CommandLine commandLine(String[] args) {
    try {
      return CommandLine.parse(args);
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
      throw refused;
    }
  }

  private static void stop(Playground playground) {
    if (playground.closed()) {
      return;
    }
    long start = System.nanoTime();
    System.out.println("Stopping");
    playground.close();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "Stopped after %.1f s%n", seconds);
  }
}
