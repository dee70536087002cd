package dev.rendezvous.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryConfigTest {
  private static final List<String> EVERY_KIND =
      List.of("http://gw:8080", "static:a=b:1", "consul://127.0.0.1:8500");

  private final List<String> lines = new ArrayList<>();

  @Test
  void needsNothing() {
    var config = assertNotNullConfig(read(Map.of()));
    assertThat(config.url()).hasToString("http://localhost:8080");
    assertThat(config.token()).isNull();
    assertThat(config.caFile()).isNull();
    assertThat(config.self()).isNull();
  }

  @Test
  void tellsARegistryWhereOthersReachThisProcess() {
    var variables = Map.of("DISCOVERY_URL", "consul://127.0.0.1:8500", "ADVERTISE_PORT", "7001");
    var self = assertNotNullConfig(read(variables)).self();
    assertThat(self).isNotNull();
    assertThat(self.host()).isEqualTo("127.0.0.1");
    assertThat(self.port()).isEqualTo(7001);
    assertThat(self.id()).isEqualTo("user-service-127.0.0.1-7001");
  }

  @Test
  void refusesAUrlInTheFormOfEveryOtherLine() {
    assertThat(read(Map.of("DISCOVERY_URL", "ftp://a"))).isNull();
    assertThat(lines)
        .containsExactly("DISCOVERY_URL=ftp://a is refused; accepted is " + DiscoveryUrl.ACCEPTED);
  }

  @Test
  void readsOnAfterARefusedUrl() {
    read(Map.of("DISCOVERY_URL", "x", "CONSUL_CACERT", "/none", "ADVERTISE_PORT", "zzz"));
    assertThat(lines).hasSize(3);
  }

  @Test
  void takesNoGatewayAsTheWayOfAGateway() {
    var config =
        DiscoveryConfig.ofGateway(
            (name, fallback) -> fallback, lines::add, "gateway", "http://localhost:8080");
    assertThat(config).isNull();
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("DISCOVERY_URL=http://localhost:8080 is refused; accepted is static:")
        .doesNotContain("host:port, http");
  }

  @Test
  void takesACaThatIsAFileAlone(@TempDir Path folder) throws Exception {
    var file = Files.createFile(folder.resolve("ca.pem"));
    assertThat(assertNotNullConfig(read(Map.of("CONSUL_CACERT", file.toString()))).caFile())
        .isEqualTo(file);
    for (var path : List.of(folder, folder.resolve("none"))) {
      lines.clear();
      read(Map.of("CONSUL_CACERT", path.toString()));
      assertThat(lines)
          .containsExactly(
              "CONSUL_CACERT="
                  + path
                  + " is refused; accepted is the path of a file that can be read");
    }
  }

  @Test
  void takesASnapshotThatCanBeWrittenAlone(@TempDir Path folder) throws Exception {
    var file = folder.resolve("new/folder/snapshot.json");
    assertThat(assertNotNullConfig(read(Map.of("DISCOVERY_SNAPSHOT", file.toString()))).snapshot())
        .isEqualTo(file);
    var other = Files.createFile(folder.resolve("file"));
    for (var path : List.of(folder, other.resolve("snapshot.json"), Path.of("/dev/null"))) {
      lines.clear();
      read(Map.of("DISCOVERY_SNAPSHOT", path.toString()));
      assertThat(lines)
          .containsExactly(
              "DISCOVERY_SNAPSHOT="
                  + path
                  + " is refused; accepted is the path of a file that can be written");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzz", "0", "65536", "-1", "80 "})
  void refusesAPortWhateverTheUrl(String port) {
    for (var url : EVERY_KIND) {
      lines.clear();
      read(Map.of("DISCOVERY_URL", url, "ADVERTISE_PORT", port));
      assertThat(lines)
          .containsExactly(
              "ADVERTISE_PORT=" + port + " is refused; accepted is a whole number from 1 to 65535");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b/c", "http://a", "a:80", "[::1]", "300.1.2.3", "1234", "a..b", "a\n"})
  void refusesAHostWhateverTheUrl(String host) {
    for (var url : EVERY_KIND) {
      lines.clear();
      read(Map.of("DISCOVERY_URL", url, "ADVERTISE_HOST", host));
      assertThat(lines)
          .contains(
              "ADVERTISE_HOST=" + host + " is refused; accepted is a host name or an IP address");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "fd00::7", "user_service", "user-1.example.org", "localhost"})
  void takesAHostNameOrAnAddress(String host) {
    read(Map.of("ADVERTISE_HOST", host));
    assertThat(lines).isEmpty();
  }

  @Test
  void refusesAManagementHostThatTheRegistryCannotReach() {
    read(Map.of("DISCOVERY_URL", "consul://127.0.0.1:8500", "ADVERTISE_HOST", "10.0.0.7"));
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("MANAGEMENT_HOST=127.0.0.1 is refused; accepted is an address that");
  }

  private @Nullable DiscoveryConfig read(Map<String, String> variables) {
    var server = new DiscoveryConfig.Server("user-service", "127.0.0.1", 5001, "127.0.0.1", 9001);
    return DiscoveryConfig.from(
        variables::getOrDefault, lines::add, server, "http://localhost:8080");
  }

  private DiscoveryConfig assertNotNullConfig(@Nullable DiscoveryConfig config) {
    assertThat(lines).isEmpty();
    assertNotNull(config);
    return config;
  }
}
