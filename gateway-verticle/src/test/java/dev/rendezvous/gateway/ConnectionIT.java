package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.FailureIT.isProblem;
import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a client's connection may take, and how it ends. */
class ConnectionIT {
  private static final String HASTE = "server: {client_head: 1s}\n";

  private static Limits idleFor(Duration idle) {
    var usual = Limits.DEFAULTS;
    return new Limits(
        usual.connections(),
        usual.waiting(),
        usual.keepAlive(),
        idle,
        usual.linger(),
        usual.farewell());
  }

  /** Writes byte by byte until the other side has had enough. */
  private static void trickle(Peer client, CountDownLatch enough) {
    try {
      while (!enough.await(20, TimeUnit.MILLISECONDS)) {
        client.write("x");
      }
    } catch (IOException | InterruptedException closed) {
      // The gateway lingers only for a while.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /users HTTP/1.1\r\nHost: a\r\nX: ", "PRI * HTTP/2"})
  void aHeadThatTricklesIs408AfterItsTime(String start) throws Exception {
    var enough = new CountDownLatch(1);
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(HASTE, Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(start);
      var sender = new Thread(() -> trickle(client, enough));
      sender.start();
      var answer = client.readResponse(false);
      isProblem(answer, 408, "slow-request");
      assertThat(answer.first("connection")).isEqualTo("close");
      assertThat(client.isClosedByOther()).isTrue();
      enough.countDown();
      sender.join();
      assertThat(out.awaitCause("slow_head").getInteger("status")).isEqualTo(408);
      gateway.awaitMetric("gateway_requests_seconds_count{cause=\"slow_head\"");
      assertThat(service.connections()).isZero();
    }
  }

  @Test
  void aSecondHeadThatTricklesIs408Too() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(HASTE, Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      assertThat(client.get("/users").text()).isEqualTo("ok");
      client.write("GET /users HTTP/1.1\r\n");
      isProblem(client.readResponse(false), 408, "slow-request");
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosedWithoutAWord() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(HASTE, Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      assertThat(client.isClosedByOther()).isTrue();
      gateway.awaitMetric("gateway_connections_closed_total{cause=\"silent\"");
    }
  }

  @Test
  void anIdleConnectionIsClosedButNotOneThatWaitsForItsAnswer() throws Exception {
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.answering(
                request -> {
                  if (request.target().endsWith("/slow")) {
                    go.await();
                  }
                  return Upstream.ok("ok");
                });
        var gateway = RunningGateway.serving("", idleFor(Duration.ofMillis(600)), service.port());
        var busy = gateway.connect();
        var idle = gateway.connect()) {
      busy.write(head("POST /users/slow HTTP/1.1", "Host: a", "Content-Length: 0"));
      assertThat(idle.get("/users").text()).isEqualTo("ok");
      assertThat(idle.isClosedByOther()).isTrue();
      gateway.awaitMetric("gateway_connections_closed_total{cause=\"idle\"");
      go.countDown();
      assertThat(busy.readResponse(false).text()).isEqualTo("ok");
    }
  }

  @Test
  void moreConnectionsThanThereMayBeAreClosedUntilOthersEnd() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway =
            RunningGateway.serving("server: {clients: 2}\n", Limits.DEFAULTS, service.port());
        var first = gateway.connect()) {
      try (var second = gateway.connect()) {
        assertThat(first.get("/users").text()).isEqualTo("ok");
        assertThat(second.get("/users").text()).isEqualTo("ok");
        try (var third = gateway.connect()) {
          assertThat(third.isClosedByOther()).isTrue();
        }
        out.await("clients have as many connections as they may; new ones are closed");
        gateway.awaitMetric("gateway_connections_closed_total{cause=\"too_many\"");
        assertThat(first.get("/users").text()).isEqualTo("ok");
        assertThat(second.get("/users").text()).isEqualTo("ok");
      }
      RunningGateway.await("room for another", () -> isServed(gateway));
      assertThat(first.get("/users").text()).isEqualTo("ok");
    }
  }

  private static boolean isServed(RunningGateway gateway) throws IOException {
    try (var client = gateway.connect()) {
      return client.get("/users").text().equals("ok");
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void anHttp2HeadThatTricklesEndsTheConnection() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(HASTE, Limits.DEFAULTS, service.port());
        var client = Http2Peer.connect(gateway.port())) {
      client.get(1, "/users");
      assertThat(client.answer(1)).containsEntry(":status", "200").containsEntry("", "ok");
      var block = Http2Peer.request("GET", "/users");
      client.frame(Http2Peer.HEADERS, Http2Peer.END_STREAM, 3, block);
      client.frame(Http2Peer.CONTINUATION, 0, 3, Http2Peer.block("x", "y"));
      assertThat(client.next(Http2Peer.GOAWAY).error()).isEqualTo(0xb);
      client.readToEnd();
      out.awaitCause("slow_head");
      assertThat(service.waiting()).isEqualTo(1);
    }
  }

  @Test
  void anIdleHttp2ConnectionIsToldToGoAway() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving("", idleFor(Duration.ofMillis(600)), service.port());
        var client = Http2Peer.connect(gateway.port())) {
      client.get(1, "/users");
      assertThat(client.answer(1)).containsEntry("", "ok");
      var farewell = client.next(Http2Peer.GOAWAY);
      assertThat(farewell.error()).isZero();
      assertThat(farewell.lastStream()).isEqualTo(1);
      client.readToEnd();
    }
  }

  @Test
  void whatNettyRefusesIsReadableWhileItsClientStillSends() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write("GET /users HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(500_000) + "\r\n");
      isProblem(client.readResponse(false), 431, "headers-too-large");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(out.awaitCause("fields_too_large").getInteger("status")).isEqualTo(431);
      gateway.awaitMetric("gateway_requests_seconds_count{cause=\"fields_too_large\"");
      assertThat(service.connections()).isZero();
    }
  }

  @Test
  void moreThan100FieldsAre431() throws Exception {
    var fields = "X: y\r\n";
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var most = "GET /users HTTP/1.1\r\nHost: a\r\n" + fields.repeat(99) + "\r\n";
      assertThat(gateway.send(most).status()).isEqualTo(200);
      service.next();
      isProblem(
          gateway.send("GET /users HTTP/1.1\r\nHost: a\r\n" + fields.repeat(100) + "\r\n"),
          431,
          "headers-too-large");
      assertThat(service.waiting()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/3", "FTP/1.1", "HTTP/1.1 x", "http/1.1"})
  void anotherVersionIs400(String version) throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var answer = gateway.send(head("GET /users " + version, "Host: a"));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.first("content-type")).isEqualTo("application/problem+json");
      assertThat(service.waiting()).isZero();
    }
  }
}
