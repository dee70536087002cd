package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.FailureIT.isProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.chassis.config.ConfigException;
import dev.rendezvous.chassis.config.Env;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that speak TLS, and the certificate that they are shown. */
class TlsIT {
  private static TestCertificate first;
  private static TestCertificate second;
  private static TestCertificate ofAnotherKind;

  @TempDir Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = TestCertificate.of("first", "RSA");
    second = TestCertificate.of("second", "RSA");
    ofAnotherKind = TestCertificate.of("of another kind", "EC");
  }

  private String server(Path in) {
    return "server: {tls: {certificate: %1$s/tls.crt, key: %1$s/tls.key}, client_head: 1s}\n"
        .formatted(in);
  }

  @Test
  void speaksTheProtocolThatIsAgreedOn() throws Exception {
    first.writeTo(folder);
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(server(folder), Limits.DEFAULTS, service.port())) {
      for (var offered : new String[][] {{"http/1.1"}, {}}) {
        try (var client = new Peer(first.connect(gateway.port(), offered))) {
          assertThat(client.get("/users").text()).isEqualTo("ok");
          var sent = service.next();
          assertThat(sent.all("x-forwarded-proto")).containsExactly("https");
          assertThat(sent.first("forwarded")).endsWith(";proto=https");
          assertThat(client.get("/users").text()).isEqualTo("ok");
          service.next();
        }
      }
      var socket = first.connect(gateway.port(), "h2", "http/1.1");
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      try (var client = Http2Peer.on(socket)) {
        client.get(1, "/users");
        assertThat(client.answer(1)).containsEntry(":status", "200").containsEntry("", "ok");
        assertThat(service.next().all("x-forwarded-proto")).containsExactly("https");
      }
    }
  }

  @Test
  void aSlowHeadAndARefusalCanBeReadToTheirEnd() throws Exception {
    first.writeTo(folder);
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(server(folder), Limits.DEFAULTS, service.port())) {
      try (var client = new Peer(first.connect(gateway.port()))) {
        client.write("GET /users HTTP/1.1\r\n");
        isProblem(client.readResponse(false), 408, "slow-request");
        assertThat(client.isClosedByOther()).isTrue();
      }
      try (var client = new Peer(first.connect(gateway.port()))) {
        client.write("GET /users HTTP/1.1\r\n" + "X: y\r\n".repeat(50_000) + "\r\n");
        isProblem(client.readResponse(false), 431, "headers-too-large");
        assertThat(client.isClosedByOther()).isTrue();
      }
      assertThat(service.connections()).isZero();
    }
  }

  @Test
  void aNewCertificateIsShownAndABadOneIsNot() throws Exception {
    first.writeTo(folder);
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(server(folder), Limits.DEFAULTS, service.port());
        var before = new Peer(first.connect(gateway.port()))) {
      assertThat(before.get("/users").text()).isEqualTo("ok");
      try (var out = new Output()) {
        Files.writeString(folder.resolve("tls.key"), second.keyPem());
        out.await("the old certificate stays: the key is not that of the certificate");
        Files.writeString(folder.resolve("tls.key"), "no key");
        out.await("the old certificate stays: certificate and key cannot be used");
      }
      assertThat(first.isShownAt(gateway.port())).isTrue();
      second.writeTo(folder);
      RunningGateway.await("the new certificate", () -> second.isShownAt(gateway.port()));
      assertThat(first.isShownAt(gateway.port())).isFalse();
      assertThat(before.get("/users").text()).isEqualTo("ok");
    }
  }

  @Test
  void aLinkThatIsExchangedLeadsToTheNewCertificate() throws Exception {
    var link = folder.resolve("current");
    first.writeTo(Files.createDirectory(folder.resolve("a")));
    ofAnotherKind.writeTo(Files.createDirectory(folder.resolve("b")));
    Files.createSymbolicLink(link, folder.resolve("a"));
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(server(link), Limits.DEFAULTS, service.port())) {
      assertThat(first.isShownAt(gateway.port())).isTrue();
      var next = Files.createSymbolicLink(folder.resolve("next"), folder.resolve("b"));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      RunningGateway.await("the new certificate", () -> ofAnotherKind.isShownAt(gateway.port()));
    }
  }

  @Test
  void aClientWithoutTlsIsTurnedAwayAndLogged() throws Exception {
    first.writeTo(folder);
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(server(folder), Limits.DEFAULTS, service.port());
        var out = new Output();
        var client = Peer.connect(gateway.port())) {
      client.write("GET /users HTTP/1.1\r\nHost: x\r\n\r\n");
      out.awaitCause("tls_handshake");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(service.connections()).isZero();
    }
  }

  @Test
  void aKeyOfAnotherCertificateStopsTheStart() throws Exception {
    first.writeTo(folder);
    Files.writeString(folder.resolve("tls.key"), second.keyPem());
    var file = Files.writeString(folder.resolve("routes.yaml"), server(folder));
    assertThatThrownBy(
            () -> Env.read(Map.of("GATEWAY_ROUTES", file.toString()), GatewayConfig::from))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "GATEWAY_ROUTES=" + file + " is refused: the key is not that of the certificate");
  }
}
