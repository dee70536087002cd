package dev.rendezvous.loadtests.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request at one rate in one variant, all rounds together; times in µs from when a request was
 * due to the last byte of its answer.
 *
 * @param request such as {@code GET /users/{id}}
 * @param rate requests a second
 * @param requests how many were measured
 * @param p50 the middle
 * @param added what it takes more than the base line; absent for the base line itself
 * @param cpuPerRequest µs of all the variant's processes together
 * @param shares of the requests that each user service got, 0 to 1
 * @param curve percentiles of {@link #CURVE}, in their order
 */
public record Speed(
    String request,
    int rate,
    long requests,
    double p50,
    double p95,
    double p99,
    Optional<Added> added,
    double cpuPerRequest,
    Map<String, Double> shares,
    List<Double> curve) {

  /** Which percentiles a curve has. */
  public static final List<Double> CURVE =
      List.of(1.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 97.5, 99.0, 99.5, 99.9);

  /** Copies what it gets. */
  public Speed {
    curve = List.copyOf(curve);
  }

  /**
   * A difference and where it lies with 95 % confidence: the bootstrapped interval of the median of
   * the rounds' differences.
   */
  public record Interval(double value, double low, double high) {

    /** The interval's farther end from zero. */
    public double reach() {
      return Math.max(Math.abs(low), Math.abs(high));
    }
  }

  /** Against the base line, in µs. */
  public record Added(Interval p50, Interval p99, Interval cpuPerRequest) {}

  /** The base line against itself, measured in the same rounds, in µs. */
  public record NoiseFloor(String request, int rate, Interval p50, Interval p99, Interval cpu) {}
}
