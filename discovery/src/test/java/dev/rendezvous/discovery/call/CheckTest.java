package dev.rendezvous.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.Check.State;
import org.junit.jupiter.api.Test;

class CheckTest {
  private final Check check = new Check();

  @Test
  void beginsSomewhereInTheFirstIntervalAndThenKeepsIt() {
    assertThat(check.begin(0, 0.5)).isFalse();
    assertThat(check.begin(Check.INTERVAL_NANOS / 2 - 1, 1)).isFalse();
    assertThat(check.begin(Check.INTERVAL_NANOS / 2, 0)).isTrue();
    assertThat(check.begin(Check.INTERVAL_NANOS * 9, 0)).as("one at a time").isFalse();
    check.ended(true);
    assertThat(check.begin(Check.INTERVAL_NANOS * 9, 0.5)).isTrue();
    check.ended(true);
    assertThat(check.begin(Check.INTERVAL_NANOS * 10 - 1, 0)).isFalse();
    assertThat(check.begin(Check.INTERVAL_NANOS * 10, 0)).isTrue();
  }

  @Test
  void needsSeveralInARow() {
    assertThat(check.ended(true)).isEqualTo(State.UNDECIDED);
    assertThat(check.ended(false)).isEqualTo(State.UNDECIDED);
    assertThat(check.ended(true)).isEqualTo(State.UNDECIDED);
    assertThat(check.ended(true)).isEqualTo(State.UP);
    assertThat(check.ended(false)).isEqualTo(State.UNDECIDED);
    assertThat(check.ended(false)).isEqualTo(State.UNDECIDED);
    assertThat(check.ended(false)).isEqualTo(State.DOWN);
  }
}
