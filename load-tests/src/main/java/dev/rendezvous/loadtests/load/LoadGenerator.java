package dev.rendezvous.loadtests.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs streams of requests side by side on very few threads. Each latency counts from the moment at
 * which the request was due, so that a stall delays what comes after it in the figures, too, as it
 * would for independent users (no coordinated omission).
 */
public final class LoadGenerator {
  private LoadGenerator() {}

  /** Starts all streams at once, on one thread. */
  public static LoadRun start(List<StreamPlan> plans) {
    return start(plans, 1);
  }

  /**
   * Starts all streams at once; each belongs to one of the threads.
   *
   * @throws IllegalArgumentException if there is no stream, or two have one name
   * @throws UncheckedIOException if the system gives no selector
   */
  public static LoadRun start(List<StreamPlan> plans, int threads) {
    long names = plans.stream().map(StreamPlan::name).distinct().count();
    if (plans.isEmpty() || names < plans.size() || threads < 1) {
      throw new IllegalArgumentException(
          "%d streams with %d names, %d threads".formatted(plans.size(), names, threads));
    }
    long start = System.nanoTime();
    List<Loop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(threads, plans.size()); i++) {
        loops.add(new Loop(start));
      }
    } catch (IOException noSelector) {
      throw new UncheckedIOException(noSelector);
    }
    for (int i = 0; i < plans.size(); i++) {
      loops.get(i % loops.size()).add(plans.get(i));
    }
    loops.forEach(Loop::begin);
    return new LoadRun(List.copyOf(loops), List.copyOf(plans), start);
  }

  /** Starts the streams and waits for their end. */
  public static LoadResult run(StreamPlan... plans) {
    return start(List.of(plans)).await();
  }
}
