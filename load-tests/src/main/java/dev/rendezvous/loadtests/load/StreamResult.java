package dev.rendezvous.loadtests.load;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What became of a stream.
 *
 * @param name the plan's
 * @param begun requests whose intended start has come; each ended as one of the next four
 * @param ok answered with an expected status
 * @param statuses how often each status came
 * @param unexpected answered with another status
 * @param errors connections that were refused, reset or closed, and malformed answers
 * @param timeouts not answered in time, whether sent or still waiting for a connection
 * @param resent sent once more after a kept-alive connection closed; no failure by itself
 * @param examples the first few kinds of failure, one line each
 * @param latency of the expected answers, in ns from the <em>intended</em> start to the last byte
 * @param lag how late the generator itself took requests up, in ns
 * @param connections opened in all
 * @param bodyBytes received in all
 * @param elapsedNanos from the start to the last outcome
 * @param timeline by intended start, each cell {@link #CELL_MILLIS} long, without gaps
 */
public record StreamResult(
    String name,
    long begun,
    long ok,
    Map<Integer, Long> statuses,
    long unexpected,
    long errors,
    long timeouts,
    long resent,
    List<String> examples,
    Histogram latency,
    Histogram lag,
    long connections,
    long bodyBytes,
    long elapsedNanos,
    List<Cell> timeline) {

  /** How long a cell of the timeline is. */
  public static final int CELL_MILLIS = 100;

  /**
   * What became of the requests of one moment.
   *
   * @param fromMillis after the stream's start
   * @param slow those of {@code ok} that took longer than the plan's {@code slowAfter}
   */
  public record Cell(long fromMillis, int ok, int failed, int slow) {}

  /** All that was not answered as expected. */
  public long failed() {
    return unexpected + errors + timeouts;
  }

  /** Expected answers a second. */
  public double rate() {
    return elapsedNanos == 0 ? 0 : ok * 1e9 / elapsedNanos;
  }

  /** In µs; the percentile from 0 to 100. */
  public double latencyMicros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }

  /** One line for a failure's message. */
  public String summary() {
    return "%s: %d ok, %d unexpected, %d errors, %d timeouts of %d; statuses %s; %s"
        .formatted(name, ok, unexpected, errors, timeouts, begun, statuses, examples);
  }
}
