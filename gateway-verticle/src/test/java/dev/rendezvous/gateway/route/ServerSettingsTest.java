package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFilesThatTlsCanName() throws Exception {
    Files.createFile(folder.resolve("a.pem"));
    Files.createFile(folder.resolve("b.pem"));
  }

  private ServerSettings read(String section) throws InvalidFileException {
    return GatewayFile.parse("server:\n" + section.indent(2), folder).server();
  }

  @Test
  void areTheUsualOnesWhereNothingIsSaid() throws Exception {
    assertThat(GatewayFile.parse("routes: [{path: /a, service: a}]", folder).server())
        .isEqualTo(ServerSettings.DEFAULTS);
    assertThat(GatewayFile.parse("server: {}", folder).server()).isEqualTo(ServerSettings.DEFAULTS);
  }

  @Test
  void areAllRead() throws Exception {
    var settings =
        read(
            """
            client_head: 1s
            client_idle: 2s
            clients: 1000
            drain: 3s
            headers: 32KiB
            fields: 50
            request_line: 4KiB
            connections: 10
            waiting: 20
            stream_idle: none
            trusted: [10.0.0.0/8, "fd00::/8"]
            tls: {certificate: a.pem, key: b.pem}
            """);
    assertThat(settings)
        .isEqualTo(
            new ServerSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                1000,
                Duration.ofSeconds(3),
                32 << 10,
                50,
                4 << 10,
                10,
                20,
                Route.FOREVER,
                TrustedNetworks.of(List.of("10.0.0.0/8", "fd00::/8")),
                new ServerSettings.Tls(folder.resolve("a.pem"), folder.resolve("b.pem"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "idle: 1s | line 2: unknown field \"idle\"; known: client_head, client_idle, clients,",
        "drain: 0s | line 2: drain: \"0s\" is refused; accepted is 500ms, 5s or 2m",
        "client_idle: 1500ms | line 2: client_idle: \"1500ms\" is refused; accepted is 1s to 24h",
        "headers: 1GiB | line 2: headers: \"1GiB\" is refused; accepted is 1KiB to 1MiB",
        "fields: 0 | line 2: fields: \"0\" is refused; accepted is a whole number from 1",
        "connections: many | line 2: connections: \"many\" is refused; accepted is a whole",
        "trusted: 10.0.0.0/8 | line 2: trusted must be a list; accepted is a network such as",
        "trusted:\\n- 10.0.0.0/8\\n- 10.0.0.1/8 | line 4: trusted: \"10.0.0.1/8\" is refused",
        "tls: {certificate: a.pem} | line 2: key is missing; accepted is the path of a PEM file",
        "tls: {certificate: a.pem, key: c.pem} | line 2: key: \"c.pem\" is refused; accepted is",
        "tls: a.pem | line 2: expected the fields certificate, key",
      })
  void areRefusedWithTheirLine(String section, String reason) {
    assertThatThrownBy(() -> read(section.replace("\\n", "\n")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageStartingWith(reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void keepWhatOnlyAStartCanChangeAndNameIt() throws Exception {
    var started = ServerSettings.DEFAULTS;
    var fresh =
        read(
            """
            client_head: 1s
            client_idle: 2s
            connections: 10
            trusted: [10.0.0.0/8]
            tls: {certificate: a.pem, key: b.pem}
            """);
    var inForce = fresh.inProcessOf(started);
    assertThat(inForce.clientHead()).hasSeconds(1);
    assertThat(inForce.trusted().contains("10.1.2.3")).isTrue();
    assertThat(inForce.clientIdle()).isEqualTo(started.clientIdle());
    assertThat(inForce.connections()).isEqualTo(started.connections());
    assertThat(inForce.tls()).isNull();
    assertThat(fresh.waitingForStart(started))
        .containsExactly(
            "client_idle (2000ms, still 75000ms)",
            "connections (10, still 128)",
            "tls (on, still off)");
    assertThat(inForce.waitingForStart(started)).isEmpty();
  }

  @Test
  void takeOtherFilesForTheSameKindOfListener() throws Exception {
    var started = read("tls: {certificate: a.pem, key: b.pem}");
    var fresh = read("tls: {certificate: b.pem, key: a.pem}");
    assertThat(fresh.inProcessOf(started).tls()).isEqualTo(fresh.tls());
    assertThat(fresh.waitingForStart(started)).isEmpty();
    assertThat(ServerSettings.DEFAULTS.inProcessOf(started).tls()).isEqualTo(started.tls());
  }
}
