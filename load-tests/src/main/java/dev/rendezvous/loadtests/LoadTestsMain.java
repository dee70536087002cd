package dev.rendezvous.loadtests;

import java.util.List;

/** The program behind {@code ./run bench}, {@code ./run compare} and {@code ./test conformance}. */
public final class LoadTestsMain {
  private LoadTestsMain() {}

  /** The first argument names the command, the others are its own. Exit code 2 for bad ones. */
  public static void main(String[] args) {
    String command = args.length == 0 ? "" : args[0];
    List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
    System.err.println("unknown command \"" + command + "\" " + rest);
    System.exit(2);
  }
}
