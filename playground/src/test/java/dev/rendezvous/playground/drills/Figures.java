package dev.rendezvous.playground.drills;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints what a drill has measured, one line a figure, so that a log can be searched for them. */
final class Figures {

  private final String drill;

  Figures(String drill) {
    this.drill = drill;
  }

  void print(String figure, Object value) {
    System.out.printf(Locale.ROOT, "drill | %s | %s | %s%n", drill, figure, value);
  }

  void print(String figure, double value) {
    boolean whole = value == Math.rint(value);
    print(figure, (Object) String.format(Locale.ROOT, whole ? "%.0f" : "%.3f", value));
  }

  /** How often each status came, 0 for no answer. */
  static Map<Integer, Integer> statuses(List<Outcome> outcomes) {
    Map<Integer, Integer> statuses = new TreeMap<>();
    outcomes.forEach(outcome -> statuses.merge(outcome.status(), 1, Integer::sum));
    return statuses;
  }

  static double seconds(long fromNanos, long toNanos) {
    return (toNanos - fromNanos) / 1e9;
  }
}
