package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResultsTest {

  private final Results results = new Results();

  @Test
  void theMedianIsTheMiddleRoundOrBetweenTheTwo() {
    add(30, 10, 20);
    assertThat(results.median(Cell.headline(), "a", Sample::p99)).isEqualTo(20);
    add(40);
    assertThat(results.median(Cell.headline(), "a", Sample::p99)).isEqualTo(25);
  }

  @Test
  void theSpreadIsAShareOfTheMedian() {
    add(10, 20, 25);
    assertThat(results.spread(Cell.headline(), "a", Sample::p99)).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void whatWasNotMeasuredIsNotANumber() {
    assertThat(results.median(Cell.headline(), "b", Sample::p99)).isNaN();
    assertThat(results.spread(Cell.headline(), "b", Sample::p99)).isNaN();
  }

  @Test
  void theLoadWasLateWhereItWasInMostRounds() {
    add(10, 30);
    assertThat(results.loadLate(Cell.headline(), "a")).isFalse();
    add(40);
    assertThat(results.loadLate(Cell.headline(), "a")).isTrue();
  }

  private void add(double... p99) {
    for (double value : p99) {
      results.add(Cell.headline(), "a", new Sample(1, 1, 1, value, value > 20));
    }
  }
}
