package dev.rendezvous.loadtests.load;

import java.util.List;

/**
 * What became of a run.
 *
 * @param streams in the order of the plans
 * @param cpuNanos that the generator's own threads spent, user and system
 * @param elapsedNanos of the whole run
 * @param threads that sent and received
 */
public record LoadResult(
    List<StreamResult> streams, long cpuNanos, long elapsedNanos, int threads) {

  private static final double BUSY = 0.85;
  private static final long LATE_NANOS = 5_000_000;

  /** The result of the plan with that name. */
  public StreamResult stream(String name) {
    return streams.stream()
        .filter(stream -> stream.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stream " + name));
  }

  /** The share of its threads' time that the generator spent computing, 0 to about 1. */
  public double busy() {
    return elapsedNanos == 0 ? 0 : (double) cpuNanos / elapsedNanos / threads;
  }

  /**
   * Whether the figures speak of the generator rather than of what it asked: it computed nearly all
   * the time, or took one request in a hundred up more than 5 ms late.
   */
  public boolean generatorWasBottleneck() {
    return busy() > BUSY
        || streams.stream().anyMatch(s -> s.lag().getValueAtPercentile(99) > LATE_NANOS);
  }

  /** All failures of all streams. */
  public long failed() {
    return streams.stream().mapToLong(StreamResult::failed).sum();
  }
}
