package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.report.Speed.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "999.4, 999 µs",
    "999.6, 1.00 ms",
    "1234, 1.23 ms",
    "9994, 9.99 ms",
    "9996, 10.0 ms",
    "99960, 100 ms",
    "1500000, 1500 ms",
  })
  void aTimeHasTheUnitThatSuitsIt(double micros, String words) {
    assertThat(Wording.time(micros)).isEqualTo(words);
  }

  @Test
  void aDifferenceHasSigns() {
    assertThat(Wording.difference(new Interval(120, -8, 1500)))
        .isEqualTo("+120 µs (−8 µs to +1.50 ms)");
  }

  @Test
  void nothingHasNoSign() {
    assertThat(Wording.signed(-0.3)).isEqualTo("0 µs");
  }
}
