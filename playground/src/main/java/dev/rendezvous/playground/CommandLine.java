package dev.rendezvous.playground;

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
          + "] [--offline] [--source watch|bridge (discovery only)]";

  /** How the order service finds the user service. */
  public enum Variant {
    /** Through an API gateway with a fixed list of addresses. */
    GATEWAY,
    /** By asking a Consul where it is. */
    DISCOVERY
  }

  /**
   * Reads the arguments of {@code ./run}.
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
      case "" -> throw refused("a command is missing");
      default -> throw refused("unknown command \"" + word + "\"");
    };
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
      parse(args);
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }
}
