package dev.rendezvous.loadtests;

import dev.rendezvous.loadtests.bench.Bench;
import dev.rendezvous.loadtests.conformance.run.ConformanceCommand;
import java.io.IOException;
import java.util.List;

/** The program behind {@code ./run bench}, {@code ./run compare} and {@code ./test conformance}. */
public final class LoadTestsMain {
  private LoadTestsMain() {}

  /** The first argument names the command, the others are its own. Exit code 2 for bad ones. */
  public static void main(String[] args) throws IOException {
    String command = args.length == 0 ? "" : args[0];
    List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
    System.exit(
        switch (command) {
          case "bench" -> Bench.run(rest);
          case "conformance" -> ConformanceCommand.run(rest, System.out);
          default -> unknown(command, rest);
        });
  }

  private static int unknown(String command, List<String> rest) {
    System.err.println("unknown command \"" + command + "\" " + rest);
    return 2;
  }
}
