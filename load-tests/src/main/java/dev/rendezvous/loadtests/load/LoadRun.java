package dev.rendezvous.loadtests.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Load that is under way. */
public final class LoadRun implements AutoCloseable {
  private final List<Loop> loops;
  private final List<StreamPlan> plans;
  private final long start;

  LoadRun(List<Loop> loops, List<StreamPlan> plans, long start) {
    this.loops = loops;
    this.plans = plans;
    this.start = start;
  }

  /** Since the start; places an event in the timelines. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Starts no more requests; those under way are still waited for. */
  public void stop() {
    loops.forEach(Loop::stop);
  }

  /** {@link #stop}, then waits. */
  @Override
  public void close() {
    stop();
    loops.forEach(Loop::join);
  }

  /**
   * Waits until each request has been answered, has failed, or has taken too long.
   *
   * @throws IllegalStateException if a source or an observer threw, with that as its cause
   */
  public LoadResult await() {
    loops.forEach(Loop::join);
    Map<String, StreamResult> results = new HashMap<>();
    long cpu = 0;
    long elapsed = 0;
    for (Loop loop : loops) {
      loop.results().forEach(result -> results.put(result.name(), result));
      cpu += loop.cpuNanos();
      elapsed = Math.max(elapsed, loop.elapsedNanos());
    }
    List<StreamResult> ordered = new ArrayList<>();
    plans.forEach(plan -> ordered.add(Objects.requireNonNull(results.get(plan.name()))));
    return new LoadResult(List.copyOf(ordered), cpu, elapsed, loops.size());
  }
}
