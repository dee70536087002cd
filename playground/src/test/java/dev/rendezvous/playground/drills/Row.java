package dev.rendezvous.playground.drills;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one event has cost, by named figures; each is printed as it is set. */
final class Row {

  private final Figures figures;
  private final Map<String, Double> values = new LinkedHashMap<>();

  Row(String event) {
    this.figures = new Figures(event);
  }

  Row set(String figure, double value) {
    values.put(figure, value);
    figures.print(figure, value);
    return this;
  }

  double get(String figure) {
    Double value = values.get(figure);
    if (value == null) {
      throw new IllegalArgumentException("no figure \"" + figure + "\" among " + values.keySet());
    }
    return value;
  }
}
