package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request when a service, or its client, lets it down. */
class FailureIT {
  private static final String GET = head("GET /users HTTP/1.1", "Host: a");
  private static final String POST =
      head("POST /users HTTP/1.1", "Host: a", "Content-Length: 2") + "{}";
  private static final String KEYED =
      head("POST /users HTTP/1.1", "Host: a", "Idempotency-Key: k", "Content-Length: 2") + "{}";

  static void isProblem(Peer.Message answer, int status, String type) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.first("content-type")).isEqualTo("application/problem+json");
    var problem = new JsonObject(answer.text());
    assertThat(problem.getString("type")).isEqualTo("/problems/" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(answer.text()).doesNotContain("127.0.0.1", "user-service");
    assertThat(answer.first("retry-after")).isEqualTo(status == 503 ? "1" : null);
  }

  @Test
  void aRefusedConnectIs502() throws Exception {
    try (var gateway = RunningGateway.to(Upstream.freePort())) {
      isProblem(gateway.send(GET), 502, "upstream-unreachable");
    }
  }

  @Test
  void aServiceWithoutInstancesIs503() throws Exception {
    try (var gateway = RunningGateway.builtIn("static:another-service=127.0.0.1:1")) {
      isProblem(gateway.send(GET), 503, "no-instance");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 2", "no HTTP at all\r\n\r\n"})
  void aServiceThatBreaksOffOrSpeaksNoHttpIs502(String start) throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(start);
                });
        var gateway = RunningGateway.to(service.port())) {
      isProblem(gateway.send(POST), 502, "upstream-broken");
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @Test
  void aServiceThatIsTooSlowIs504AndItsConnectionIsClosed() throws Exception {
    var closed = new CompletableFuture<Boolean>();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  closed.complete(peer.isClosedByOther());
                });
        var gateway = RunningGateway.with("first_byte: 200ms", Limits.DEFAULTS, service.port())) {
      isProblem(gateway.send(POST), 504, "upstream-timeout");
      assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void anAnswerThatBreaksOffIsNeverAWholeOne(String framing) throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(head("HTTP/1.1 200 OK", framing) + "5\r\nabcde\r\n");
                });
        var gateway = RunningGateway.to(service.port())) {
      assertThatThrownBy(() -> gateway.send(GET)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void anAnswerThatDoesNotEndInTimeIsBrokenOff() throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + "2\r\nok\r\n");
                  peer.isClosedByOther();
                });
        var gateway = RunningGateway.with("exchange: 300ms", Limits.DEFAULTS, service.port())) {
      assertThatThrownBy(() -> gateway.send(GET)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void triesAnotherInstanceWhereOneIsGone() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(Upstream.freePort(), service.port())) {
      for (var i = 0; i < 20; i++) {
        assertThat(gateway.send(i % 2 == 0 ? GET : POST).text()).isEqualTo("ok");
      }
    }
  }

  @Test
  void triesAnotherInstanceWhereOneIsSilent() throws Exception {
    try (var silent =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.isClosedByOther();
                });
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(silent.port(), service.port());
        var client = gateway.connect()) {
      for (var i = 0; silent.connections() < 2 && i < 100; i++) {
        assertThat(client.get("/users").text()).isEqualTo("ok");
      }
      assertThat(silent.connections()).isPositive();
    }
  }

  @Test
  void anAnswerThatCannotBePassedOnIs502() throws Exception {
    try (var service =
            Upstream.answering(
                request -> head("HTTP/1.1 200 OK", "Content-Length: 0", "X: a\u0001b"));
        var gateway = RunningGateway.to(service.port())) {
      isProblem(gateway.send(GET), 502, "upstream-broken");
    }
  }

  @Test
  void sendsAKeyedBodyAgainButAnUnkeyedOneOnce() throws Exception {
    var broken = new AtomicInteger();
    try (var bad =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  broken.incrementAndGet();
                });
        var good = Upstream.answering(request -> Upstream.ok(request.text()));
        var gateway = RunningGateway.to(bad.port(), good.port())) {
      for (var i = 0; broken.get() == 0 && i < 50; i++) {
        assertThat(gateway.send(KEYED).text()).isEqualTo("{}");
      }
      assertThat(broken.get()).isPositive();
    }
    try (var bad = Upstream.scripted(Upstream::read);
        var gateway = RunningGateway.to(bad.port())) {
      isProblem(gateway.send(POST), 502, "upstream-broken");
      assertThat(bad.connections()).isEqualTo(1);
    }
  }

  @Test
  void forgivesAKeptConnectionThatIsClosedJustThen() throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(Upstream.ok("ok"));
                  upstream.read(peer);
                });
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      for (var i = 0; i < 4; i++) {
        assertThat(client.get("/users").text()).isEqualTo("ok");
      }
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheBodyPoisonsNoConnection() throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  var line = peer.readLine();
                  peer.readFields();
                  peer.write(Upstream.ok(line.startsWith("POST") ? "early" : "fine"));
                  peer.isClosedByOther();
                });
        var gateway = RunningGateway.to(service.port())) {
      try (var client = gateway.connect()) {
        client.write(head("POST /users HTTP/1.1", "Host: a", "Content-Length: 500000") + "half");
        assertThat(client.readResponse(false).text()).isEqualTo("early");
        client.write("x".repeat(100_000));
        assertThat(gateway.get("/users").text()).isEqualTo("fine");
      }
      assertThat(service.connections()).isEqualTo(2);
    }
  }
}
