package dev.rendezvous.loadtests.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadGeneratorTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Request GET = Request.get("/x", "test");

  @Test
  void countsAndTimesWhatWasAsked() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(OK))) {
      LoadResult result =
          LoadGenerator.run(
              StreamPlan.open("get", server.address(), 2000, LONG, number -> GET).withCount(200));
      StreamResult get = result.stream("get");
      assertThat(get.begun()).isEqualTo(200);
      assertThat(get.ok()).isEqualTo(200);
      assertThat(get.statuses()).containsOnlyKeys(200).containsEntry(200, 200L);
      assertThat(get.failed()).isZero();
      assertThat(get.bodyBytes()).isEqualTo(400);
      assertThat(get.latency().getTotalCount()).isEqualTo(200);
      assertThat(get.lag().getTotalCount()).isEqualTo(200);
      assertThat(get.elapsedNanos()).isGreaterThanOrEqualTo(199 * 500_000L);
      assertThat(get.timeline().stream().mapToInt(StreamResult.Cell::ok).sum()).isEqualTo(200);
      assertThat(result.cpuNanos()).isPositive();
      assertThat(server.received.get(0).head()).isEqualTo("GET /x HTTP/1.1\r\nHost: test\r\n\r\n");
    }
  }

  @Test
  void aStallIsInTheFiguresOfAllThatWereDueMeanwhile() throws IOException {
    AtomicInteger served = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, client) -> {
              if (served.getAndIncrement() == 0) {
                TimeUnit.MILLISECONDS.sleep(300); // the stall that is to be seen
              }
              ScriptedServer.write(client, OK);
            })) {
      StreamResult result =
          LoadGenerator.run(
              StreamPlan.open("one", server.address(), 100, LONG, number -> GET)
                  .withCount(20)
                  .withConnections(1)
                  .withTimes(LONG, Duration.ofMillis(150)))
              .stream("one");
      assertThat(result.ok()).isEqualTo(20);
      assertThat(result.connections()).isEqualTo(1);
      // The request that was due 150 ms after the stalled one waited for the rest of the stall.
      assertThat(result.latencyMicros(100)).isGreaterThan(290_000);
      assertThat(result.latencyMicros(50)).isGreaterThan(100_000);
      assertThat(result.timeline().stream().mapToInt(StreamResult.Cell::slow).sum())
          .isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void anUnexpectedStatusIsAFailureWithAnExample() throws IOException {
    String refusal = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(refusal))) {
      StreamPlan plan = StreamPlan.open("get", server.address(), 1000, LONG, number -> GET);
      StreamResult result = LoadGenerator.run(plan.withCount(10)).stream("get");
      assertThat(result.unexpected()).isEqualTo(10);
      assertThat(result.ok()).isZero();
      assertThat(result.examples()).singleElement().asString().startsWith("status 503: GET /x");
      assertThat(result.summary()).contains("10 unexpected");
      StreamPlan tolerant = plan.withCount(10).withExpected(status -> status == 503);
      assertThat(LoadGenerator.run(tolerant).failed()).isZero();
    }
  }

  @Test
  void aRefusedConnectIsAnError() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    StreamPlan open = StreamPlan.open("open", nobody, 2000, LONG, number -> GET).withCount(500);
    StreamPlan closed = StreamPlan.closed("closed", nobody, 4, LONG, number -> GET).withCount(8);
    LoadResult result = LoadGenerator.run(open, closed);
    assertThat(result.stream("open").errors()).isEqualTo(500);
    assertThat(result.stream("closed").errors()).isEqualTo(8);
    assertThat(result.stream("open").examples()).hasSize(1);
  }

  @Test
  void noAnswerInTimeIsATimeoutAlsoForThoseThatWaitForAConnection() throws IOException {
    try (ScriptedServer server = new ScriptedServer((request, client) -> {})) {
      StreamPlan plan =
          StreamPlan.open("get", server.address(), 1000, LONG, number -> GET)
              .withCount(20)
              .withConnections(2)
              .withTimes(Duration.ofMillis(200), LONG);
      StreamResult result = LoadGenerator.run(plan).stream("get");
      assertThat(result.timeouts()).isEqualTo(20);
      assertThat(result.examples()).singleElement().asString().startsWith("no answer in 200 ms");
    }
  }

  @Test
  void aConnectionClosedInMidAnswerIsAnError() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, client) -> {
              ScriptedServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
              client.close();
            })) {
      StreamPlan plan = StreamPlan.open("get", server.address(), 1000, LONG, number -> GET);
      StreamResult result = LoadGenerator.run(plan.withCount(5).withResendOnStale()).stream("get");
      assertThat(result.errors()).isEqualTo(5);
      assertThat(result.resent()).isZero();
      assertThat(result.examples()).singleElement().asString().startsWith("closed within");
    }
  }

  @Test
  void whatAClosedKeptAliveConnectionLostIsSentOnceMoreIfWanted() throws IOException {
    AtomicInteger served = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, client) -> {
              if (served.getAndIncrement() == 1) {
                client.close();
              } else {
                ScriptedServer.write(client, OK);
              }
            })) {
      StreamPlan plan =
          StreamPlan.open("get", server.address(), 20, LONG, number -> GET).withCount(3);
      StreamResult result = LoadGenerator.run(plan.withResendOnStale()).stream("get");
      assertThat(result.ok()).isEqualTo(3);
      assertThat(result.resent()).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(2);
      served.set(0);
      assertThat(LoadGenerator.run(plan).stream("get").errors()).isEqualTo(1);
    }
  }

  @Test
  void aClosedLoopKeepsItsConnectionsBusy() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(OK))) {
      StreamPlan plan = StreamPlan.closed("get", server.address(), 4, LONG, number -> GET);
      StreamResult result = LoadGenerator.run(plan.withCount(1000)).stream("get");
      assertThat(result.ok()).isEqualTo(1000);
      assertThat(server.accepted()).isEqualTo(4);
    }
  }

  @Test
  void theObserverSeesEachAnswerWithItsBodyAndRequestsDiffer() throws IOException {
    List<String> seen = new ArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, client) -> {
              String body = request.body();
              String head = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n";
              String size = Integer.toHexString(body.length());
              ScriptedServer.write(client, head + size + "\r\n" + body + "\r\n0\r\n\r\n");
            })) {
      Request post = Request.postJson("/orders", "test", "{\"item\":\"Book\"}");
      StreamPlan plan =
          StreamPlan.open(
                  "post",
                  server.address(),
                  500,
                  LONG,
                  number -> post.plus("Idempotency-Key", "key-" + number))
              .withCount(3)
              .withConnections(1)
              .withObserver(
                  answer -> seen.add(answer.number() + " " + new String(answer.body(), UTF_8)),
                  true);
      assertThat(LoadGenerator.run(plan).failed()).isZero();
      assertThat(seen)
          .containsExactly(
              "0 {\"item\":\"Book\"}", "1 {\"item\":\"Book\"}", "2 {\"item\":\"Book\"}");
      assertThat(server.received.get(2).head())
          .contains("Idempotency-Key: key-2\r\n", "Content-Length: 15\r\n");
    }
  }

  @Test
  void aBigBodyArrivesWhole() throws IOException {
    byte[] body = new byte[3_000_000];
    Arrays.fill(body, (byte) 'b');
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(OK))) {
      Request post = Request.of("POST", "/", "test", Map.of(), body);
      StreamPlan plan = StreamPlan.closed("post", server.address(), 1, LONG, number -> post);
      assertThat(LoadGenerator.run(plan.withCount(2)).failed()).isZero();
      assertThat(server.received).hasSize(2).allMatch(r -> r.body().length() == body.length);
    }
  }

  @Test
  void whatAnObserverThrowsEndsTheRun() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(OK))) {
      StreamPlan plan =
          StreamPlan.open("get", server.address(), 100, LONG, number -> GET)
              .withObserver(
                  answer -> {
                    throw new IllegalArgumentException("seen");
                  },
                  false);
      LoadRun run = LoadGenerator.start(List.of(plan));
      assertThatThrownBy(run::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("seen");
    }
  }

  @Test
  void stopEndsARunThatWouldGoOn() throws Exception {
    CountDownLatch some = new CountDownLatch(10);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(OK))) {
      StreamPlan one =
          StreamPlan.open("one", server.address(), 500, Duration.ofDays(1), number -> GET)
              .withObserver(answer -> some.countDown(), false);
      StreamPlan two = StreamPlan.closed("two", server.address(), 2, Duration.ofDays(1), n -> GET);
      LoadRun run = LoadGenerator.start(List.of(one, two), 2);
      assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
      run.stop();
      LoadResult result = run.await();
      assertThat(result.failed()).isZero();
      assertThat(result.stream("one").ok()).isGreaterThanOrEqualTo(10);
      assertThat(result.threads()).isEqualTo(2);
    }
  }
}
