package dev.rendezvous.loadtests.bench;

/**
 * One measurement of one cell at one proxy.
 *
 * @param requests that were answered as expected
 * @param seconds how long that took
 * @param p50 µs
 * @param p99 µs
 * @param cpuMicros user and system time of the proxy's processes by request, µs; NaN without one
 * @param busy share of one core that they used, 0 to 1; NaN without a proxy
 * @param loadLate whether the load itself was late, so that latencies are at most what they say
 */
record Sample(
    long requests,
    double seconds,
    double p50,
    double p99,
    double cpuMicros,
    double busy,
    boolean loadLate) {

  /** Without a proxy's processor time. */
  Sample(long requests, double seconds, double p50, double p99, boolean loadLate) {
    this(requests, seconds, p50, p99, Double.NaN, Double.NaN, loadLate);
  }

  double rate() {
    return requests / seconds;
  }

  Sample withCpu(double cpuSeconds) {
    return new Sample(
        requests, seconds, p50, p99, cpuSeconds * 1e6 / requests, cpuSeconds / seconds, loadLate);
  }
}
