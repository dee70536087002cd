package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.report.Speed.Interval;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Medians, and how far they can be trusted. */
final class Statistics {

  private static final int RESAMPLES = 2_000;

  private final long seed;

  /**
   * @param seed makes the same samples give the same interval
   */
  Statistics(long seed) {
    this.seed = seed;
  }

  static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median, and where 95 of 100 medians of resampled values lie. */
  Interval interval(List<Double> values) {
    Random random = new Random(seed);
    double[] medians = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      medians[i] =
          median(random.ints(values.size(), 0, values.size()).mapToDouble(values::get).toArray());
    }
    double[] sorted = DoubleStream.of(medians).sorted().toArray();
    return new Interval(
        median(values), sorted[(int) (RESAMPLES * 0.025)], sorted[(int) (RESAMPLES * 0.975)]);
  }
}
