package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that is told to stop loses no request that it has taken. */
class DrainIT {

  /** Clients that send one request after the other, and what became of these. */
  private static final class Load {
    private final RunningGateway gateway;
    private final long pauseMillis;
    private final ArrayList<Thread> threads = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger saidClose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    Load(RunningGateway gateway, int clients, long pauseMillis) {
      this.gateway = gateway;
      this.pauseMillis = pauseMillis;
      for (var i = 0; i < clients; i++) {
        var thread = new Thread(this::run);
        threads.add(thread);
        thread.start();
      }
    }

    private void run() {
      while (!over.get()) {
        try (var client = gateway.connect()) {
          while (!over.get() && request(client)) {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
          }
        } catch (IOException | InterruptedException refused) {
          return; // No longer taken, so nothing is owed.
        }
      }
    }

    /** Whether the connection may be used again. */
    private boolean request(Peer client) {
      try {
        var answer = client.get("/users");
        if (answer.status() != 200) {
          lost.incrementAndGet();
        }
        answered.incrementAndGet();
        var closes = "close".equals(answer.first("connection"));
        if (closes) {
          saidClose.incrementAndGet();
        }
        return !closes;
      } catch (IOException broken) {
        lost.incrementAndGet();
        return false;
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      for (var thread : threads) {
        thread.join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 40})
  void losesNoRequestOfClientsThatKeepTheirConnections(long pauseMillis) throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var load = new Load(gateway, 16, pauseMillis);
      RunningGateway.await("load", () -> load.answered.get() > 200);
      gateway.process().stop().await(25, TimeUnit.SECONDS);
      load.end();
      assertThat(load.lost).hasValue(0);
      assertThat(load.saidClose).hasValue(16);
    }
  }

  @Test
  void aConnectionThatIsIdleMayStillAskOnce() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect();
        var silent = gateway.connect()) {
      assertThat(client.get("/users").first("connection")).isNull();
      assertThat(silent.get("/users").text()).isEqualTo("ok");
      var stopped = gateway.process().stop();
      RunningGateway.await("no more connections", () -> isRefused(gateway));
      var last = client.get("/users");
      assertThat(last.text()).isEqualTo("ok");
      assertThat(last.first("connection")).isEqualTo("close");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(silent.isClosedByOther()).isTrue();
      stopped.await(20, TimeUnit.SECONDS);
    }
  }

  static boolean isRefused(RunningGateway gateway) {
    try {
      gateway.connect().close();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  @Test
  void anHttp2ClientIsToldTwiceAndFinishes() throws Exception {
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.answering(
                request -> {
                  if (request.target().endsWith("/slow")) {
                    go.await();
                  }
                  return Upstream.ok("ok");
                });
        var gateway = RunningGateway.to(service.port());
        var client = Http2Peer.connect(gateway.port())) {
      client.get(1, "/users/slow");
      service.next();
      var stopped = gateway.process().stop();
      var first = client.next(Http2Peer.GOAWAY);
      assertThat(first.error()).isZero();
      assertThat(first.lastStream()).isEqualTo(Integer.MAX_VALUE);
      client.get(3, "/users/late");
      assertThat(client.answer(3)).containsEntry(":status", "200").containsEntry("", "ok");
      var second = client.next(Http2Peer.GOAWAY);
      assertThat(second.error()).isZero();
      assertThat(second.lastStream()).isEqualTo(3);
      assertThat(stopped.isComplete()).isFalse();
      go.countDown();
      assertThat(client.answer(1)).containsEntry(":status", "200").containsEntry("", "ok");
      client.readToEnd();
      stopped.await(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatDoesNotFinishIsCutWhenTheTimeIsUp() throws Exception {
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + "2\r\nok\r\n");
                  peer.isClosedByOther();
                });
        var gateway =
            RunningGateway.serving("server: {drain: 500ms}\n", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(head("GET /users HTTP/1.1", "Host: a"));
      client.readLine();
      client.readFields();
      client.readChunk();
      gateway.process().stop().await(10, TimeUnit.SECONDS);
      assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
    }
  }
}
