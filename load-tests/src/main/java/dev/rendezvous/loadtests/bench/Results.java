package dev.rendezvous.loadtests.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All samples, by cell and by contestant. */
final class Results {
  private final Map<Cell, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

  void add(Cell cell, String contestant, Sample sample) {
    samples
        .computeIfAbsent(cell, first -> new LinkedHashMap<>())
        .computeIfAbsent(contestant, first -> new ArrayList<>())
        .add(sample);
  }

  List<Cell> cells() {
    return List.copyOf(samples.keySet());
  }

  List<Sample> samples(Cell cell, String contestant) {
    return samples.getOrDefault(cell, Map.of()).getOrDefault(contestant, List.of());
  }

  /** The median over the rounds; NaN where there is none. */
  double median(Cell cell, String contestant, ToDoubleFunction<Sample> figure) {
    double[] sorted = sorted(cell, contestant, figure);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** From the smallest to the largest over the rounds, as a share of the median. */
  double spread(Cell cell, String contestant, ToDoubleFunction<Sample> figure) {
    double[] sorted = sorted(cell, contestant, figure);
    return sorted.length == 0
        ? Double.NaN
        : (sorted[sorted.length - 1] - sorted[0]) / median(cell, contestant, figure);
  }

  /** Whether the load was late in most rounds. */
  boolean loadLate(Cell cell, String contestant) {
    List<Sample> all = samples(cell, contestant);
    return 2 * all.stream().filter(Sample::loadLate).count() > all.size();
  }

  private double[] sorted(Cell cell, String contestant, ToDoubleFunction<Sample> figure) {
    return samples(cell, contestant).stream().mapToDouble(figure).sorted().toArray();
  }
}
