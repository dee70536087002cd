package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

  @Test
  void everythingIsMeasuredUnlessSaidOtherwise() {
    BenchOptions options = BenchOptions.parse(List.of());
    assertThat(options).isEqualTo(new BenchOptions(false, List.of(), 1));
    assertThat(options.wants("caddy")).isTrue();
  }

  @Test
  void takesEveryOption() {
    BenchOptions options =
        BenchOptions.parse(
            List.of("--quick", "--offline", "--only", "nginx,rendezvous", "--seed", "7"));
    assertThat(options).isEqualTo(new BenchOptions(true, List.of("nginx", "rendezvous"), 7));
    assertThat(options.wants("rendezvous (JDK 17)")).isTrue();
    assertThat(options.wants("caddy")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, unknown option \"--fast\"",
    "--only, --only needs a value",
    "--seed x, '--seed is a whole number, not \"x\"'",
  })
  void refusesWithOneLineThatSaysWhatIsAccepted(String arguments, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchOptions.parse(List.of(arguments.split(" ", -1))))
        .withMessageStartingWith("bench: " + why + "; accepted: bench [--quick]");
  }
}
