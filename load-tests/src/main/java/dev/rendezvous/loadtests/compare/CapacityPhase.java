package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.compare.Cells.Loaded;
import dev.rendezvous.loadtests.compare.Target.Kind;
import dev.rendezvous.loadtests.report.Results.Capacity;

/** Searches for the largest rate at which one request in a hundred takes 50 ms or longer. */
final class CapacityPhase {

  private static final double P99_MICROS = 50_000;
  private static final int FIRST = 500;
  private static final int STEP = 2;
  private static final int STEPS = 6;
  private static final int HALVINGS = 1;

  private final Plan plan;
  private final Cells cells;
  private final Countdown countdown;

  CapacityPhase(Plan plan, Cells cells, Countdown countdown) {
    this.plan = plan;
    this.cells = cells;
    this.countdown = countdown;
  }

  /** Seconds that the search is planned to take for so many targets. */
  static double planned(Plan plan, int targets) {
    return targets * Kind.values().length * perSearch(plan);
  }

  private static double perSearch(Plan plan) {
    return 6 * (plan.capacityStep().toMillis() / 1e3 + 0.2);
  }

  /** Doubles as long as it is fast enough, then halves the last step. */
  Capacity search(Target target, Kind kind) {
    countdown.step("largest rate", target.name() + ", " + kind.text(), perSearch(plan));
    Try good = new Try(0, 0, "p99");
    int rate = FIRST;
    Try bad = null;
    for (int steps = 0; steps < STEPS && bad == null; steps++) {
      Try tried = attempt(target, kind, rate);
      if (tried.limit().isEmpty()) {
        good = tried;
        rate = rate * STEP;
      } else {
        bad = tried;
      }
    }
    if (bad == null) {
      return new Capacity(kind.text(), good.rate(), good.p99(), "search");
    }
    for (int halvings = 0; halvings < HALVINGS; halvings++) {
      Try tried = attempt(target, kind, (good.rate() + bad.rate()) / 2);
      if (tried.limit().isEmpty()) {
        good = tried;
      } else {
        bad = tried;
      }
    }
    return new Capacity(kind.text(), good.rate(), good.p99(), bad.limit());
  }

  /**
   * @param limit why it is too much, or nothing
   */
  private record Try(int rate, double p99, String limit) {}

  /** A rate is too much where it is twice: once may be the machine's own doing. */
  private Try attempt(Target target, Kind kind, int rate) {
    Try first = once(target, kind, rate);
    return first.limit().isEmpty() ? first : once(target, kind, rate);
  }

  private Try once(Target target, Kind kind, int rate) {
    Loaded loaded = cells.load(target, kind, rate, plan.capacityStep());
    double p99 = loaded.latency().getValueAtPercentile(99) / 1e3;
    String limit = "";
    if (loaded.failed() > 0) {
      limit = "failures";
    } else if (p99 >= P99_MICROS) {
      limit = "p99";
    } else if (loaded.generatorWasBottleneck()) {
      limit = "generator";
    }
    return new Try(rate, p99, limit);
  }
}
