package dev.rendezvous.loadtests.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.Repository;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Options;
import dev.rendezvous.playground.Playground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulation against a real system, as Gatling's plugin starts it: in a JVM of its own. */
@Timeout(120)
class SimulationIT {

  @TempDir private Path data;

  @TempDir private Path results;

  @Test
  void ordersGoThroughTheGatewayAndADeadOneFailsTheRun() throws Exception {
    Options options = Options.of(Variant.GATEWAY, Repository.ROOT, data);
    try (Playground system = Playground.run(options)) {
      assertThat(simulate(system.orders(), system.users())).as(said()).isZero();
      assertThat(said()).contains("POST /orders");
      system.part("order").kill();
      assertThat(simulate(system.orders(), system.users())).isNotZero();
    }
  }

  private int simulate(String baseUrl, String usersUrl) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    line.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED")); // as the plugin does
    line.addAll(List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=9"));
    line.addAll(List.of("-DbaseUrl=" + baseUrl, "-DusersUrl=" + usersUrl));
    line.addAll(List.of("-Drate=20", "-Dseconds=3"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.gatling.app.Gatling"));
    line.addAll(List.of("-s", OrdersSimulation.class.getName(), "-rf", results.toString(), "-nr"));
    Process gatling =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log().toFile()).start();
    try {
      assertThat(gatling.waitFor(50, TimeUnit.SECONDS)).as("Gatling ended").isTrue();
      return gatling.exitValue();
    } finally {
      gatling.destroyForcibly().waitFor();
    }
  }

  private Path log() {
    return results.resolve("gatling.log");
  }

  private String said() throws IOException {
    return Files.readString(log());
  }
}
