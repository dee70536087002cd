package dev.rendezvous.loadtests;

import dev.rendezvous.loadtests.bench.Bench;
import dev.rendezvous.loadtests.compare.CompareCommand;
import dev.rendezvous.loadtests.conformance.run.ConformanceCommand;
import dev.rendezvous.loadtests.report.ReadmeTable;
import java.io.IOException;
import java.nio.file.Path;
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
          case "compare" -> new CompareCommand(root(), System.out, System.err).run(args);
          case "bench" -> Bench.run(rest);
          case "conformance" -> ConformanceCommand.run(rest, System.out);
          case "readme" -> readme();
          default -> unknown(command, rest);
        });
  }

  private static int readme() {
    try {
      System.out.println(
          ReadmeTable.write(root()) ? "README.md has the new table" : "README.md is as it was");
      return 0;
    } catch (IOException | IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      return 1;
    }
  }

  private static int unknown(String command, List<String> rest) {
    System.err.println("unknown command \"" + command + "\" " + rest);
    return 2;
  }

  /** Of the repository, as {@code ./run} says it. */
  private static Path root() {
    return Path.of(System.getProperty("rendezvous.root", ".")).toAbsolutePath().normalize();
  }
}
