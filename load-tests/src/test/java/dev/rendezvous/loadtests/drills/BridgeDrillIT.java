package dev.rendezvous.loadtests.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same events with the stock bridge as the source, for the comparison: it promises nothing
 * here, so the figures are printed and not judged.
 */
@Tag("long")
@Timeout(600)
class BridgeDrillIT {

  @Test
  void showsItsFigures() {
    try (RunningSystem system = RunningSystem.registry("bridge", "bridge")) {
      InstanceRows instances = new InstanceRows(system.drilled());
      RegistryRows registry = new RegistryRows(system.drilled());
      assertThat(instances.killed().get("requests")).isPositive();
      assertThat(instances.hangs().get("requests")).isPositive();
      assertThat(instances.tenTimesSlower().get("requests")).isPositive();
      assertThat(instances.moves().get("requests")).isPositive();
      assertThat(instances.swapsAddresses().get("requests")).isPositive();
      assertThat(instances.rollingRestart().get("requests")).isPositive();
      assertThat(registry.killedFor(Duration.ofSeconds(15)).get("requests")).isPositive();
      assertThat(registry.wiped().get("requests")).isPositive();
      assertThat(registry.awayWhenAServiceStarts().get("requests")).isPositive();
      assertThat(registry.awayWhenTheCallerRestarts().get("seconds until its first order"))
          .isPositive();
    }
  }
}
