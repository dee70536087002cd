package dev.rendezvous.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final FakeClock clock = new FakeClock();
  private final RetryBudget budget = new RetryBudget(clock);

  private int takeAll() {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void startsWithEnoughForTheCallsInFlight() {
    assertThat(takeAll()).isEqualTo(100);
  }

  @Test
  void allowsTenASecondWithoutTraffic() {
    takeAll();
    clock.pass(Duration.ofSeconds(1));
    assertThat(takeAll()).isEqualTo(10);
    clock.pass(Duration.ofMillis(50));
    assertThat(takeAll()).isZero();
    clock.pass(Duration.ofMillis(50));
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void allowsAFifthOfTheTraffic() {
    takeAll();
    for (int i = 0; i < 1_000; i++) {
      budget.deposit();
    }
    assertThat(takeAll()).isEqualTo(200);
  }

  @Test
  void savesNoMoreThanABurst() {
    for (int i = 0; i < 100_000; i++) {
      budget.deposit();
    }
    clock.pass(Duration.ofHours(1));
    assertThat(takeAll()).isLessThanOrEqualTo(500);
  }
}
