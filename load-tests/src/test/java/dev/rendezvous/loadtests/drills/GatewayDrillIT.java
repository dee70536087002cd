package dev.rendezvous.loadtests.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the gateway variant promises, and the price that its pattern has. */
@Timeout(120)
class GatewayDrillIT {

  @Test
  void orderlyAndSuddenEndsOfTheGatewayLoseNoOrder() {
    try (RunningSystem system = RunningSystem.gateway("gateway")) {
      GatewayRows gateway = new GatewayRows(system.drilled());
      Row terminated = gateway.terminated();
      // An order passes the gateway twice: one a client may find it gone the second time, and is
      // told so by the order service.
      assertThat(terminated.get("failed though accepted")).isLessThanOrEqualTo(DrillSystem.CLIENTS);
      assertNoOrderIsWrong(terminated);
      Row killed = gateway.killed();
      assertThat(killed.get("failed")).isPositive();
      assertNoOrderIsWrong(killed);
    }
  }

  private static void assertNoOrderIsWrong(Row row) {
    assertThat(row.get("orders acknowledged")).isPositive();
    assertThat(row.get("orders lost")).isZero();
    assertThat(row.get("orders doubled")).isZero();
    assertThat(row.get("orders replayed otherwise")).isZero();
  }
}
