package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.report.Speed.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  private final Statistics statistics = new Statistics(1);

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
  }

  @Test
  void theIntervalHoldsTheMedianAndIgnoresOneWildValue() {
    Interval interval = statistics.interval(List.of(10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 9_000.0));
    assertThat(interval.value()).isEqualTo(13);
    assertThat(interval.low()).isBetween(10.0, 13.0);
    assertThat(interval.high()).isBetween(13.0, 9_000.0);
  }

  @Test
  void equalValuesHaveNoWidth() {
    assertThat(statistics.interval(List.of(7.0, 7.0, 7.0))).isEqualTo(new Interval(7, 7, 7));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<Double> values = List.of(3.0, 1.0, 4.0, 1.0, 5.0);
    assertThat(new Statistics(1).interval(values)).isEqualTo(statistics.interval(values));
  }
}
