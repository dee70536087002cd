package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.client.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What one event has cost, by named figures; each is told as it is set, one line a figure. */
public final class Row {

  /** What was done to the system, and when. */
  public record Mark(double seconds, String text) {}

  private final String event;
  private final Consumer<String> log;
  private final long begun = System.nanoTime();
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private List<Outcome> outcomes = List.of();

  Row(String event, Consumer<String> log) {
    this.event = event;
    this.log = log;
  }

  Row set(String figure, double value) {
    figures.put(figure, value);
    boolean whole = value == Math.rint(value);
    String number = String.format(Locale.ROOT, whole ? "%.0f" : "%.3f", value);
    log.accept("drill | " + event + " | " + figure + " | " + number);
    return this;
  }

  Row set(String figure, long count) {
    return set(figure, (double) count);
  }

  /** Remembers that this has just been done to the system. */
  void mark(String text) {
    marks.add(new Mark(Waiting.seconds(begun, System.nanoTime()), text));
  }

  void outcomes(List<Outcome> all) {
    outcomes = List.copyOf(all);
  }

  public String event() {
    return event;
  }

  /**
   * A figure by its name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public double get(String figure) {
    return find(figure)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no figure \"" + figure + "\" among " + figures.keySet()));
  }

  /** A figure by its name, where the row has it. */
  public Optional<Double> find(String figure) {
    return Optional.ofNullable(figures.get(figure));
  }

  public List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** What the clients saw, by the time since this row began. */
  public Timeline timeline() {
    return Timeline.of(outcomes, begun);
  }
}
