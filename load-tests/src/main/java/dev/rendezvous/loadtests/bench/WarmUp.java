package dev.rendezvous.loadtests.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Has a program run until it gets no cheaper any more, because a JIT compiler that is still at work
 * is measured along with what it compiles.
 *
 * @param most after which it is enough, in time under load
 */
record WarmUp(Duration most) {
  /** Long enough for a figure, whole seconds because wrk takes no others. */
  static final Duration SLICE = Duration.ofSeconds(3);

  /** Slices in a row that bring nothing new before it counts as warm. */
  private static final int STEADY = 3;

  /** What is taken for cheaper; machines that are shared vary by less from slice to slice. */
  private static final double CHEAPER = 0.97;

  /** Runs a program for a while. */
  interface Slice {
    /** The cost of a request over {@code length}, in any unit. */
    double run(Duration length) throws IOException;
  }

  /** Returns how many slices were run. */
  int run(Slice slice) throws IOException {
    double best = Double.MAX_VALUE;
    int steady = 0;
    int slices = 0;
    while (steady < STEADY && SLICE.multipliedBy(slices + 1L).compareTo(most) <= 0) {
      double cost = slice.run(SLICE);
      slices++;
      steady = cost < best * CHEAPER ? 0 : steady + 1;
      best = Math.min(best, cost);
    }
    return slices;
  }
}
