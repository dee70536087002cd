package dev.rendezvous.loadtests.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What {@code bench} was asked to do.
 *
 * @param quick few cells, two rounds
 * @param only names of proxies, or their beginnings; empty for all that are found
 * @param seed of the payloads' letters
 */
record BenchOptions(boolean quick, List<String> only, long seed) {
  private static final String ACCEPTED =
      "bench [--quick] [--only NAME,... (direct is always there)] [--seed NUMBER] [--offline]";

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException with one line for people: what is wrong, and what is accepted
   */
  static BenchOptions parse(List<String> options) {
    Deque<String> rest = new ArrayDeque<>(options);
    boolean quick = false;
    long seed = 1;
    List<String> only = new ArrayList<>();
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--quick" -> quick = true;
        case "--offline" -> {} // the build's; nothing is fetched here
        case "--only" -> only.addAll(List.of(value(option, rest).split(",", -1)));
        case "--seed" -> seed = number(value(option, rest));
        default -> throw refused("unknown option \"" + option + "\"");
      }
    }
    return new BenchOptions(quick, List.copyOf(only), seed);
  }

  boolean wants(String name) {
    return only.isEmpty() || only.stream().anyMatch(name::startsWith);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty() || rest.peek().startsWith("--")) {
      throw refused(option + " needs a value");
    }
    return rest.pop();
  }

  private static long number(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException notANumber) {
      throw refused("--seed is a whole number, not \"" + value + "\"");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("bench: " + why + "; accepted: " + ACCEPTED);
  }
}
