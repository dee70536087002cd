package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.chassis.config.ConfigException;
import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.gateway.route.RouteTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {

  @Test
  void needsNothing() {
    var config = Env.read(Map.of(), GatewayConfig::from).config();
    assertThat(config.server().port()).isEqualTo(8080);
    assertThat(config.server().managementPort()).isEqualTo(9080);
    assertThat(config.discovery())
        .hasToString("static:user-service=127.0.0.1:5001;order-service=127.0.0.1:5002");
    assertThat(config.routes().table()).isSameAs(RouteTable.BUILT_IN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "static:", "ftp://a", "consul://"})
  void refusesAWayThatLeadsNowhereOrToAGateway(String url) {
    assertThatThrownBy(() -> Env.read(Map.of("DISCOVERY_URL", url), GatewayConfig::from))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("DISCOVERY_URL=" + url + " is refused; accepted is static:")
        .message()
        .hasLineCount(1);
  }

  @Test
  void refusesRoutesThatCannotBeReadWithOneLine(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("routes.yaml"), "routes:\n- {path: /a}\n");
    var variables = Map.of("GATEWAY_ROUTES", file.toString());
    assertThatThrownBy(() -> Env.read(variables, GatewayConfig::from))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "GATEWAY_ROUTES=" + file + " is refused: line 2: service is missing")
        .message()
        .hasLineCount(1);
  }

  @Test
  void showsNoPasswordOfAUrlThatItRefuses() {
    var variables = Map.of("DISCOVERY_URL", "http://me:s3cret@gw:8080");
    assertThatThrownBy(() -> Env.read(variables, GatewayConfig::from))
        .hasMessageStartingWith("DISCOVERY_URL=http://me:***@gw:8080 is refused; accepted is ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refusesACaAndASnapshotThatAreFolders(@TempDir Path folder) {
    for (var name : List.of("CONSUL_CACERT", "DISCOVERY_SNAPSHOT")) {
      assertThatThrownBy(() -> Env.read(Map.of(name, folder.toString()), GatewayConfig::from))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(name + "=" + folder + " is refused; accepted is the path of a");
    }
  }

  @Test
  void showsNoToken() {
    var loaded = Env.read(Map.of("CONSUL_HTTP_TOKEN", "abc123"), GatewayConfig::from);
    assertThat(loaded.config().consulToken()).isEqualTo("abc123");
    assertThat(loaded.summary()).contains("CONSUL_HTTP_TOKEN=***").doesNotContain("abc123");
  }
}
