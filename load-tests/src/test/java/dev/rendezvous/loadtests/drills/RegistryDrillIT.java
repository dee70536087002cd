package dev.rendezvous.loadtests.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the registry variant promises, with real processes, a real Consul and a steady load. */
@Timeout(120)
class RegistryDrillIT {

  private static RunningSystem system;
  private static InstanceRows instances;
  private static RegistryRows registry;

  @BeforeAll
  static void start() {
    system = RunningSystem.registry("registry", "watch");
    instances = new InstanceRows(system.drilled());
    registry = new RegistryRows(system.drilled());
  }

  @AfterAll
  static void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void aKilledInstanceCostsNoRequest() {
    Row row = instances.killed();
    assertNothingIsLost(row);
    assertThat(row.get("seconds until out")).isLessThanOrEqualTo(2);
    assertThat(row.get("seconds from ready until back")).isLessThanOrEqualTo(3);
  }

  @Test
  void aHangingInstanceCostsEachCallerTwoSlowRequests() {
    Row row = instances.hangs();
    assertNothingIsLost(row);
    assertThat(row.get("slow reads")).isLessThanOrEqualTo(2);
    assertThat(row.get("slow writes")).isLessThanOrEqualTo(2);
    assertThat(row.get("seconds until out")).isLessThanOrEqualTo(4);
  }

  @Test
  void aSlowInstanceIsLeftAlone() {
    Row row = instances.tenTimesSlower();
    assertNothingIsLost(row);
    assertThat(row.get("share of its traffic after 2 s")).isLessThanOrEqualTo(0.05);
  }

  @Test
  void anInstanceThatMovesIsFollowed() {
    Row row = instances.moves();
    assertNothingIsLost(row);
    assertThat(row.get("seconds from Consul to the callers")).isLessThanOrEqualTo(0.2);
  }

  @Test
  void aReusedAddressGivesNoWrongAnswer() {
    assertThat(instances.swapsAddresses().get("failed")).isZero();
  }

  @Test
  void aRollingRestartCostsNoRequest() {
    assertNothingIsLost(instances.rollingRestart());
  }

  @Test
  void anOutageOfConsulCostsNoRequest() {
    Row row = registry.killedFor(Duration.ofSeconds(15));
    assertNothingIsLost(row);
    assertThat(row.get("seconds from its return until in touch")).isLessThanOrEqualTo(5);
  }

  @Test
  @Tag("long")
  void aLongOutageOfConsulCostsNoRequest() {
    Row row = registry.killedFor(Duration.ofSeconds(60));
    assertNothingIsLost(row);
    assertThat(row.get("seconds from its return until in touch")).isLessThanOrEqualTo(5);
  }

  @Test
  void allRegisterAgainWhenConsulHasLostItsData() {
    Row row = registry.wiped();
    assertNothingIsLost(row);
    assertThat(row.get("seconds until all are registered")).isLessThanOrEqualTo(3);
  }

  @Test
  void aServiceStartsWithoutConsulAndRegistersLater() {
    Row row = registry.awayWhenAServiceStarts();
    assertNothingIsLost(row);
    assertThat(row.get("seconds until it is registered")).isLessThanOrEqualTo(3);
  }

  @Test
  void aCallerRestartedWithoutConsulServesFromItsSnapshot() {
    Row row = registry.awayWhenTheCallerRestarts();
    assertThat(row.get("seconds until its first order")).isLessThan(20);
  }

  private static void assertNothingIsLost(Row row) {
    assertThat(row.get("failed")).isZero();
    assertThat(row.get("orders acknowledged")).isPositive();
    assertThat(row.get("orders lost")).isZero();
    assertThat(row.get("orders doubled")).isZero();
    assertThat(row.get("orders replayed otherwise")).isZero();
  }
}
