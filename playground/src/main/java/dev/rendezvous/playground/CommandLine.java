package dev.rendezvous.playground;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./run} was asked to do: the one place that knows its commands and options.
 *
 * <p>It needs nothing but the JDK, because {@code ./run} checks its arguments by this file alone
 * ({@code java CommandLine.java ...}) before it builds anything.
 */
public record CommandLine(
    Variant variant, int users, Optional<Path> data, int portBase, boolean offline, String source) {

  static final int MAX_USERS = 50;
  static final int MAX_PORT_BASE = 56_000;

  private static final String ACCEPTED =
      "./run gateway|discovery [--users 1-"
          + MAX_USERS
          + "] [--data DIR] [--port-base 0-"
          + MAX_PORT_BASE
          + "] [--offline] [--source watch|bridge (discovery only)]"
          + ", ./run compare [--quick] [--against FILE] [--offline], ./run bench [--quick] [--offline]";

  /** How the order service finds the user service. */
  public enum Variant {
    /** Through an API gateway with a fixed list of addresses. */
    GATEWAY,
    /** By asking a Consul where it is. */
    DISCOVERY
  }

  /**
   * What {@code ./run compare} or {@code ./run bench} was asked to do.
   *
   * @param quick fewer and shorter measurements
   * @param against of a comparison: the results of another run, to be agreed with
   */
  public record Measurement(
      String command, boolean quick, Optional<Path> against, boolean offline) {

    private static final List<String> COMMANDS = List.of("compare", "bench");

    /**
     * Reads the arguments of {@code ./run}, the first of which is {@code compare} or {@code bench}.
     *
     * @throws IllegalArgumentException with one line for people: what is wrong, and what is
     *     accepted
     */
    public static Measurement parse(String... args) {
      Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
      String command = rest.isEmpty() ? "" : rest.pop();
      if (!COMMANDS.contains(command)) {
        throw unknown(command);
      }
      boolean quick = false;
      Optional<Path> against = Optional.empty();
      boolean offline = false;
      while (!rest.isEmpty()) {
        String option = rest.pop();
        switch (option) {
          case "--quick" -> quick = true;
          case "--offline" -> offline = true;
          case "--against" -> against = Optional.of(results(command, value(option, rest)));
          default -> throw refused("unknown option \"" + option + "\"");
        }
      }
      return new Measurement(command, quick, against, offline);
    }

    private static Path results(String command, String value) {
      if (!command.equals("compare")) {
        throw refused("--against belongs to \"compare\"");
      }
      Path file = Path.of(value);
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw refused("--against is a file that can be read, not \"" + value + "\"");
      }
      return file;
    }
  }

  /**
   * Reads the arguments of {@code ./run} that start a system.
   *
   * @throws IllegalArgumentException with one line for people: what is wrong, and what is accepted
   */
  public static CommandLine parse(String... args) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
    Variant variant = variant(rest.isEmpty() ? "" : rest.pop());
    int users = 2;
    Optional<Path> data = Optional.empty();
    int portBase = 0;
    boolean offline = false;
    String source = "watch";
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--users" -> users = number(option, value(option, rest), 1, MAX_USERS);
        case "--data" -> data = Optional.of(Path.of(value(option, rest)));
        case "--port-base" -> portBase = number(option, value(option, rest), 0, MAX_PORT_BASE);
        case "--offline" -> offline = true;
        case "--source" -> source = source(variant, value(option, rest));
        default -> throw refused("unknown option \"" + option + "\"");
      }
    }
    return new CommandLine(variant, users, data, portBase, offline, source);
  }

  private static Variant variant(String word) {
    return switch (word) {
      case "gateway" -> Variant.GATEWAY;
      case "discovery" -> Variant.DISCOVERY;
      default -> throw unknown(word);
    };
  }

  private static IllegalArgumentException unknown(String command) {
    return refused(
        command.isEmpty() ? "a command is missing" : "unknown command \"" + command + "\"");
  }

  private static String source(Variant variant, String value) {
    if (variant != Variant.DISCOVERY) {
      throw refused("--source belongs to \"discovery\"");
    }
    if (!List.of("watch", "bridge").contains(value)) {
      throw refused("--source is watch or bridge, not \"" + value + "\"");
    }
    return value;
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty() || rest.peek().isBlank() || rest.peek().startsWith("--")) {
      throw refused(option + " needs a value");
    }
    return rest.pop();
  }

  private static int number(String option, String value, int min, int max) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw refused(option + " is a number from " + min + " to " + max + ", not \"" + value + "\"");
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("./run: " + why + "; accepted: " + ACCEPTED);
  }

  /** Checks its arguments: exit 2 and one line where they are wrong, silence where they are not. */
  public static void main(String[] args) {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(ACCEPTED);
      return;
    }
    try {
      if (args.length > 0 && Measurement.COMMANDS.contains(args[0])) {
        Measurement.parse(args);
      } else {
        parse(args);
      }
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }
}
