package dev.rendezvous.loadtests.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order service's database dies under load and returns. */
@Timeout(120)
class DatabaseDrillIT {

  @Test
  void noAcknowledgedOrderIsLostAndNoneIsDoubled() {
    try (RunningSystem system = RunningSystem.gateway("database")) {
      Row row = new DatabaseRows(system.drilled()).killed();
      assertThat(row.get("orders acknowledged")).isGreaterThanOrEqualTo(DatabaseRows.ORDERS);
      assertThat(row.get("orders stored")).isEqualTo(row.get("orders acknowledged"));
      assertThat(row.get("orders lost")).isZero();
      assertThat(row.get("orders doubled")).isZero();
      assertThat(row.get("orders replayed otherwise")).isZero();
      assertThat(row.get("failed")).isPositive();
      assertThat(row.get("failed otherwise than by 503")).isZero();
      assertThat(row.get("seconds from its return until the first order")).isBetween(0.0, 2.0);
    }
  }
}
