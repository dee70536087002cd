package dev.rendezvous.loadtests.compare;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one loading of one cell gave.
 *
 * @param latency in ns, from when each request was due
 * @param cpuPerRequest µs of all the variant's processes
 * @param served by each user service
 * @param busy share of its time that the load generator computed
 * @param lag99 how late it was but once in a hundred, in µs
 * @param late whether the figures speak of the generator
 */
record Sample(
    Histogram latency,
    double cpuPerRequest,
    Map<String, Double> served,
    double busy,
    double lag99,
    boolean late) {

  /** In µs. */
  double micros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }
}
