package dev.rendezvous.loadtests.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUp the most that is waited for what is compiled while it runs, before the cells are
 *     touched and after
 * @param touch how long each cell is asked once before anything counts; whole seconds, as wrk's
 */
record Plan(List<Cell> cells, int rounds, Duration warmUp, Duration touch) {
  static Plan full() {
    return new Plan(Cell.all(), 5, Duration.ofSeconds(36), Duration.ofSeconds(1));
  }

  static Plan quick() {
    return new Plan(Cell.few(), 2, Duration.ofSeconds(24), Duration.ofSeconds(1));
  }

  /** How long the measurements of one contestant take. */
  long millis() {
    return rounds * cells.stream().mapToLong(cell -> cell.length().toMillis()).sum();
  }

  /** How long it takes to warm one contestant up. */
  long warmUpMillis(boolean compiled) {
    return (compiled ? 2 * warmUp.toMillis() : 0) + (cells.size() + 1) * touch.toMillis();
  }
}
