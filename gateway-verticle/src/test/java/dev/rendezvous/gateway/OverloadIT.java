package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.FailureIT.isProblem;
import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request that is too much, too slow or not wanted any more. */
class OverloadIT {
  private static final String GET = head("GET /users HTTP/1.1", "Host: a");
  private static final String POST =
      head("POST /users HTTP/1.1", "Host: a", "Content-Length: 2") + "{}";

  @Test
  void aClientThatLeavesCancelsTheRequest() throws Exception {
    var closed = new CompletableFuture<Boolean>();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  closed.complete(peer.isClosedByOther());
                });
        var gateway = RunningGateway.to(service.port())) {
      try (var client = gateway.connect()) {
        client.write(GET);
        service.next();
      }
      assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
      var metrics = "gateway_requests_seconds_count{cause=\"client_gone\"";
      RunningGateway.await(
          "the log of the client that left",
          () -> gateway.management("/metrics").body().contains(metrics));
      assertThat(gateway.management("/metrics").body()).contains("status=\"499\"");
    }
  }

  private static Limits oneConnection(int waiting) {
    var usual = Limits.DEFAULTS;
    return new Limits(
        1, waiting, usual.keepAlive(), usual.clientIdle(), usual.linger(), usual.farewell());
  }

  @Test
  void aClientThatLeavesTheQueueSendsNothing() throws Exception {
    var go = new CountDownLatch(1);
    var inFlight = "gateway_in_flight{service=\"gateway\"} ";
    try (var service =
            Upstream.answering(
                request -> {
                  go.await();
                  return Upstream.ok("ok");
                });
        var gateway = RunningGateway.with("", oneConnection(256), service.port());
        var first = gateway.connect()) {
      first.write(GET);
      service.next();
      try (var second = gateway.connect();
          var third = gateway.connect()) {
        second.write(POST);
        third.write(GET);
        gateway.awaitMetric(inFlight + "3.0");
      }
      gateway.awaitMetric(inFlight + "1.0");
      go.countDown();
      assertThat(first.readResponse(false).text()).isEqualTo("ok");
      assertThat(first.get("/users/last").text()).isEqualTo("ok");
      assertThat(service.next().target()).isEqualTo("/users/last");
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @Test
  void moreThanMayWaitIs503() throws Exception {
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.answering(
                request -> {
                  go.await();
                  return Upstream.ok("ok");
                });
        var gateway = RunningGateway.with("", oneConnection(1), service.port());
        var served = gateway.connect();
        var waiting = gateway.connect()) {
      served.write(GET);
      service.next();
      waiting.write(GET);
      gateway.awaitMetric("gateway_in_flight{service=\"gateway\"} 2.0");
      isProblem(gateway.send(POST), 503, "gateway-overloaded");
      go.countDown();
      assertThat(served.readResponse(false).text()).isEqualTo("ok");
      assertThat(waiting.readResponse(false).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyOverItsLimitIs413AndTheRefusalCanBeRead(boolean declared) throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.with("body_limit: 100KiB", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      var piece = "x".repeat(64 * 1024);
      if (declared) {
        client.write(head("POST /users HTTP/1.1", "Host: a", "Content-Length: 262144"));
        client.write(piece + piece + piece + piece);
      } else {
        client.write(head("POST /users HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"));
        for (var i = 0; i < 4; i++) {
          client.write("10000\r\n" + piece + "\r\n");
        }
        client.write("0\r\n\r\n");
      }
      var answer = client.readResponse(false);
      isProblem(answer, 413, "request-too-large");
      assertThat(answer.first("connection")).isEqualTo("close");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void aBodyThatDoesNotComeIs408() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.with("exchange: 300ms", Limits.DEFAULTS, service.port())) {
      var answer = gateway.send(head("POST /users HTTP/1.1", "Host: a", "Content-Length: 2") + "{");
      isProblem(answer, 408, "slow-request");
    }
  }

  @Test
  void aServiceThatStopsReadingABodyIs504() throws Exception {
    var stop = new CountDownLatch(1);
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  peer.readLine();
                  stop.await();
                });
        var gateway =
            RunningGateway.with(
                "body_limit: none, first_byte: 300ms", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(head("POST /users HTTP/1.1", "Host: a", "Content-Length: 1000000000"));
      var sender = new Thread(() -> sendUntilRefused(client));
      sender.start();
      isProblem(client.readResponse(false), 504, "upstream-timeout");
      sender.join(10_000);
      assertThat(sender.isAlive()).isFalse();
      stop.countDown();
    }
  }

  private static void sendUntilRefused(Peer client) {
    try {
      while (true) {
        client.write(new byte[65_536]);
      }
    } catch (IOException closed) {
      // As soon as the gateway has lingered long enough.
    }
  }
}
