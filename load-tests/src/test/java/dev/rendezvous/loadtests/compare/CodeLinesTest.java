package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.Repository;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is read of this repository. */
class CodeLinesTest {

  private final CodeLines code = new CodeLines(Repository.ROOT);

  @Test
  void commentsAndBlankLinesAreNoCode() {
    assertThat(CodeLines.count("/** Why.\n * More. */\nint a;\n\n  // why\n  int b; // why\n"))
        .isEqualTo(2);
  }

  @Test
  void bothCasesOfTheOneMethodAreFound() throws IOException {
    assertThat(code.gateway().get("the gateway's case in Discovery.way")).isBetween(3, 20);
    assertThat(code.discovery().get("Consul's case in Discovery.way")).isBetween(3, 20);
  }

  @Test
  void bothVariantsNeedCodeOfTheirOwn() throws IOException {
    assertThat(code.gateway().get("gateway-verticle")).isGreaterThan(500);
    assertThat(code.discovery().get("discovery.consul")).isGreaterThan(300);
  }

  @Test
  void theRegistryIsADependency() throws IOException {
    assertThat(code.discoveryDependencies()).contains("Consul (a program)", "vertx-consul-client");
    assertThat(code.gatewayDependencies()).doesNotContain("vertx-core");
  }
}
