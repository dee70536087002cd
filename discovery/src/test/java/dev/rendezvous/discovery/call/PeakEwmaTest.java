package dev.rendezvous.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PeakEwmaTest {

  private static final long MS = 1_000_000;
  private final PeakEwma latency = new PeakEwma();

  @Test
  void knowsNothingBeforeTheFirstAnswer() {
    assertThat(latency.expected(0)).isNaN();
  }

  private void warmUp(long latency) {
    for (int i = 0; i < PeakEwma.WARM_UP; i++) {
      latency(latency, 0);
    }
  }

  private void latency(long nanos, long now) {
    latency.observe(nanos, now);
  }

  @Test
  void theBestOfTheFirstAnswersCounts() {
    latency(900 * MS, 0);
    latency(40 * MS, 0);
    latency(3 * MS, 0);
    latency(5 * MS, 0);
    assertThat(latency.expected(0)).isNaN();
    latency(4 * MS, 0);
    assertThat(latency.expected(0)).isEqualTo(3.0 * MS);
  }

  @Test
  void feelsAPeakAtOnceAndForgetsItWithinSomeAnswers() {
    warmUp(2 * MS);
    latency(100 * MS, MS);
    assertThat(latency.expected(MS)).isEqualTo(100.0 * MS);
    for (int i = 0; i < 5; i++) {
      latency(2 * MS, MS);
    }
    assertThat(latency.expected(MS)).isBetween(30.0 * MS, 40.0 * MS);
    for (int i = 0; i < 50; i++) {
      latency(2 * MS, MS);
    }
    assertThat(latency.expected(MS)).isCloseTo(2.0 * MS, within(0.5 * MS));
  }

  @Test
  void staysHighWhileAnswersAreSlow() {
    warmUp(2 * MS);
    for (int i = 0; i < 100; i++) {
      latency(20 * MS, i * 100L * MS);
    }
    assertThat(latency.expected(99 * 100L * MS)).isCloseTo(20.0 * MS, within(0.1 * MS));
  }

  @Test
  void decaysWithoutNewsDownToTheFloor() {
    warmUp(100 * MS);
    assertThat(latency.expected((long) PeakEwma.DECAY_NANOS))
        .isCloseTo(100 * MS / Math.E, within(1.0 * MS));
    assertThat(latency.expected(3_600_000 * MS)).isEqualTo(PeakEwma.FLOOR_NANOS);
  }

  @Test
  void forgetsOnReset() {
    warmUp(100 * MS);
    latency.reset();
    assertThat(latency.expected(0)).isNaN();
    warmUp(5 * MS);
    assertThat(latency.expected(0)).isEqualTo(5.0 * MS);
  }
}
