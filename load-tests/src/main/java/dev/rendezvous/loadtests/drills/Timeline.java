package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.client.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Requests by the time at which they were sent, in steps of {@link #STEP_MILLIS}.
 *
 * @param succeeded how many of each step
 * @param failed how many of each step
 * @param slowestMillis the longest that a request of each step took, 0 where there was none
 */
public record Timeline(List<Integer> succeeded, List<Integer> failed, List<Integer> slowestMillis) {

  /** The width of a step. */
  public static final int STEP_MILLIS = 250;

  /** Copies what it gets. */
  public Timeline {
    succeeded = List.copyOf(succeeded);
    failed = List.copyOf(failed);
    slowestMillis = List.copyOf(slowestMillis);
  }

  static Timeline of(List<Outcome> outcomes, long begun) {
    int steps = 1 + outcomes.stream().mapToInt(outcome -> step(outcome, begun)).max().orElse(-1);
    List<Integer> succeeded = new ArrayList<>(Collections.nCopies(steps, 0));
    List<Integer> failed = new ArrayList<>(Collections.nCopies(steps, 0));
    List<Integer> slowest = new ArrayList<>(Collections.nCopies(steps, 0));
    for (Outcome outcome : outcomes) {
      int step = step(outcome, begun);
      List<Integer> counted = outcome.succeeded() ? succeeded : failed;
      counted.set(step, counted.get(step) + 1);
      slowest.set(step, Math.max(slowest.get(step), (int) outcome.took().toMillis()));
    }
    return new Timeline(succeeded, failed, slowest);
  }

  private static int step(Outcome outcome, long begun) {
    return (int) Math.max(0, (outcome.sentAt() - begun) / 1_000_000 / STEP_MILLIS);
  }
}
