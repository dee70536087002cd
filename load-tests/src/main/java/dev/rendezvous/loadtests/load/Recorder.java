package dev.rendezvous.loadtests.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts a stream's outcomes. */
final class Recorder {
  private static final long LONGEST_NANOS = 300_000_000_000L;
  private static final int DIGITS = 3;
  private static final int MOST_EXAMPLES = 5;
  private static final int MOST_CELLS = 36_000;

  private final StreamPlan plan;
  private final long start;
  private final Histogram latency = new Histogram(1, LONGEST_NANOS, DIGITS);
  private final Histogram lag = new Histogram(1, LONGEST_NANOS, DIGITS);
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final Map<String, Integer> exampleKinds = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private long begun;
  private long unexpected;
  private long errors;
  private long timeouts;
  private long resent;
  private long connections;
  private long bodyBytes;
  private long last;

  Recorder(StreamPlan plan, long start) {
    this.plan = plan;
    this.start = start;
    this.last = start;
  }

  void begun(long lagNanos) {
    begun++;
    lag.recordValue(bounded(lagNanos));
  }

  void connected() {
    connections++;
  }

  void resent() {
    resent++;
  }

  void answered(Exchange done, int status, long latencyNanos, long bytes) {
    last = done.intended() + latencyNanos;
    statuses.merge(status, 1L, Long::sum);
    bodyBytes += bytes;
    Cell cell = cell(done);
    if (plan.expected().test(status)) {
      latency.recordValue(bounded(latencyNanos));
      cell.ok++;
      cell.slow += latencyNanos > plan.slowAfter().toNanos() ? 1 : 0;
    } else {
      unexpected++;
      cell.failed++;
      example("status " + status, done);
    }
  }

  void failed(Exchange lost, IOException why) {
    errors++;
    cell(lost).failed++;
    last = System.nanoTime();
    String message = why.getMessage();
    example(message == null ? why.getClass().getSimpleName() : message, lost);
  }

  void timedOut(Exchange late) {
    timeouts++;
    cell(late).failed++;
    last = System.nanoTime();
    example("no answer in " + plan.timeout().toMillis() + " ms", late);
  }

  StreamResult result() {
    List<StreamResult.Cell> timeline = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      long from = (long) i * StreamResult.CELL_MILLIS;
      timeline.add(new StreamResult.Cell(from, cell.ok, cell.failed, cell.slow));
    }
    return new StreamResult(
        plan.name(),
        begun,
        latency.getTotalCount(),
        Map.copyOf(statuses),
        unexpected,
        errors,
        timeouts,
        resent,
        List.copyOf(examples),
        latency.copy(),
        lag.copy(),
        connections,
        bodyBytes,
        last - start,
        List.copyOf(timeline));
  }

  private void example(String what, Exchange of) {
    if (exampleKinds.merge(what, 1, Integer::sum) <= 1 && examples.size() < MOST_EXAMPLES) {
      examples.add(
          "%s: %s (number %d, %d ms after the start)"
              .formatted(what, of.request(), of.number(), (of.intended() - start) / 1_000_000));
    }
  }

  private Cell cell(Exchange of) {
    long index = (of.intended() - start) / (StreamResult.CELL_MILLIS * 1_000_000L);
    int bounded = (int) Math.min(Math.max(index, 0), MOST_CELLS - 1);
    while (cells.size() <= bounded) {
      cells.add(new Cell());
    }
    return cells.get(bounded);
  }

  private static long bounded(long nanos) {
    return Math.min(Math.max(nanos, 0), LONGEST_NANOS);
  }

  private static final class Cell {
    private int ok;
    private int failed;
    private int slow;
  }
}
