package dev.rendezvous.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.chassis.config.ConfigException;
import dev.rendezvous.chassis.config.Env;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
  @Test
  void servesEveryAddressAndIsManagedFromThisMachineAlone() {
    var config = read(Map.of());
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(5001);
    assertThat(config.managementHost()).isEqualTo("127.0.0.1");
    assertThat(config.managementPort()).isEqualTo(9001);
  }

  @Test
  void takesAddressesAndNamesOfThisMachine() {
    for (var host : List.of("127.0.0.1", "0.0.0.0", "localhost")) {
      var config = read(Map.of("HOST", host, "MANAGEMENT_HOST", host));
      assertThat(config.host()).isEqualTo(host);
      assertThat(config.managementHost()).isEqualTo(host);
    }
  }

  @Test
  void refusesWhatIsNoAddressOfThisMachine() {
    // RFC 6761 keeps "invalid" from resolving, RFC 5737 gives 203.0.113.0/24 to nobody.
    for (var host :
        List.of("no.such.host.invalid", "203.0.113.7", "a b", "8080", "0", "[::1]", "300.1.1.1")) {
      for (var name : List.of("HOST", "MANAGEMENT_HOST")) {
        assertThatThrownBy(() -> read(Map.of(name, host)))
            .isInstanceOf(ConfigException.class)
            .hasMessage(
                "%s=%s is refused; accepted is an IP address of this machine or a name that resolves to one",
                name, host);
      }
    }
  }

  @Test
  void readsOnAfterARefusedHost() {
    assertThatThrownBy(() -> read(Map.of("HOST", "a b", "PORT", "x", "LOG_FORMAT", "xml")))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.errors()).hasSize(3));
  }

  @Test
  void refusesOnePortForBoth() {
    assertThatThrownBy(() -> read(Map.of("PORT", "7000", "MANAGEMENT_PORT", "7000")))
        .hasMessage("MANAGEMENT_PORT=7000 is refused; accepted is another port than PORT");
  }

  @Test
  void sendsTracesToHttpAndHttpsAlone() {
    for (var url : List.of("http://localhost:4318", "https://collector.example/otlp")) {
      var config = read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url));
      assertThat(config.telemetry().otlp()).hasToString(url);
    }
    for (var url :
        List.of(
            "httpx://localhost:4318",
            "grpc://localhost:4317",
            "localhost:4318",
            "http:",
            "http://",
            "http://localhost:99999",
            "http://localhost:0")) {
      assertThatThrownBy(() -> read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url)))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "OTEL_EXPORTER_OTLP_ENDPOINT=%s is refused; accepted is an http or https URL such as http://localhost:4318",
              url);
    }
  }

  private static ServerConfig read(Map<String, String> variables) {
    return Env.read(variables, env -> ServerConfig.from(env, 5001, 9001)).config();
  }
}
