package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies pass in pieces, as they come, and no faster than the other side takes them. */
class StreamingIT {
  private static final int PIECE = 64 * 1024;
  private static final long PIECES = 4_096;

  /** What sockets, on four ends, may hold of 256 MiB; the gateway itself holds next to nothing. */
  private static final long HELD_MOST = 48L << 20;

  private static void awaitBlocked(AtomicLong written) throws Exception {
    RunningGateway.await(
        "the writer is blocked",
        () -> {
          var before = written.get();
          TimeUnit.MILLISECONDS.sleep(200);
          return before > 0 && before == written.get();
        });
  }

  private static long writeAll(Peer peer, AtomicLong written) throws Exception {
    var piece = new byte[PIECE];
    for (var i = 0; i < PIECES; i++) {
      written.addAndGet(peer.write(piece) == peer ? PIECE : 0);
    }
    return written.get();
  }

  private static long readAll(Peer peer) throws Exception {
    var read = 0L;
    while (read < PIECES * PIECE) {
      read += peer.readExactly(PIECE).length;
    }
    return read;
  }

  @Test
  void aClientThatDoesNotReadStopsTheService() throws Exception {
    var written = new AtomicLong();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(head("HTTP/1.1 200 OK", "Content-Length: " + PIECES * PIECE));
                  writeAll(peer, written);
                });
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write(head("GET /users HTTP/1.1", "Host: a"));
      awaitBlocked(written);
      assertThat(written.get()).isLessThan(HELD_MOST);
      client.readLine();
      client.readFields();
      assertThat(readAll(client)).isEqualTo(PIECES * PIECE);
    }
  }

  @Test
  void aServiceThatDoesNotReadStopsTheClient() throws Exception {
    var written = new AtomicLong();
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  peer.readLine();
                  peer.readFields();
                  go.await();
                  peer.write(Upstream.ok("" + readAll(peer)));
                });
        var gateway = RunningGateway.with("body_limit: none", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(head("POST /users HTTP/1.1", "Host: a", "Content-Length: " + PIECES * PIECE));
      var sent = CompletableFuture.supplyAsync(() -> written(client, written));
      awaitBlocked(written);
      assertThat(written.get()).isLessThan(HELD_MOST);
      go.countDown();
      assertThat(sent.get(20, TimeUnit.SECONDS)).isEqualTo(PIECES * PIECE);
      assertThat(client.readResponse(false).text()).isEqualTo("" + PIECES * PIECE);
    }
  }

  private static long written(Peer client, AtomicLong written) {
    try {
      return writeAll(client, written);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWebSocketPassesNoFasterThanEitherEndReads() throws Exception {
    var down = new AtomicLong();
    var up = new AtomicLong();
    var read = new CountDownLatch(1);
    var upstreamRead = new CompletableFuture<Long>();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(
                      head(
                          "HTTP/1.1 101 Switching Protocols",
                          "Connection: Upgrade",
                          "Upgrade: websocket"));
                  writeAll(peer, down);
                  read.await();
                  upstreamRead.complete(readAll(peer));
                });
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write(
          head(
              "GET /users/live HTTP/1.1",
              "Host: a",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13"));
      assertThat(client.readResponse(true).status()).isEqualTo(101);
      awaitBlocked(down);
      assertThat(down.get()).isLessThan(HELD_MOST);
      assertThat(readAll(client)).isEqualTo(PIECES * PIECE);

      var sent = CompletableFuture.supplyAsync(() -> written(client, up));
      awaitBlocked(up);
      assertThat(up.get()).isLessThan(HELD_MOST);
      read.countDown();
      assertThat(sent.get(20, TimeUnit.SECONDS)).isEqualTo(PIECES * PIECE);
      assertThat(upstreamRead.get(20, TimeUnit.SECONDS)).isEqualTo(PIECES * PIECE);
    }
  }

  @Test
  void eventsPassOneByOne() throws Exception {
    var next = new CountDownLatch(1);
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  if (upstream.read(peer).target().endsWith("/silent")) {
                    peer.isClosedByOther();
                    return;
                  }
                  peer.write(
                      head(
                          "HTTP/1.1 200 OK",
                          "Content-Type: text/event-stream",
                          "Transfer-Encoding: chunked"));
                  peer.write("8\r\ndata: 1\n\r\n");
                  next.await();
                  peer.write("8\r\ndata: 2\n\r\n0\r\n\r\n");
                });
        var gateway = RunningGateway.with("exchange: 200ms", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(head("GET /users HTTP/1.1", "Host: a"));
      client.readLine();
      assertThat(client.readFields()).contains("Content-Type: text/event-stream");
      assertThat(new String(client.readChunk(), UTF_8)).isEqualTo("data: 1\n");
      // The time for an exchange passes; it does not hold for a stream of events.
      assertThat(gateway.get("/users/silent").status()).isEqualTo(504);
      next.countDown();
      assertThat(new String(client.readChunk(), UTF_8)).isEqualTo("data: 2\n");
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void requestsPassPieceByPiece() throws Exception {
    var first = new CompletableFuture<String>();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  peer.readLine();
                  peer.readFields();
                  first.complete(new String(peer.readChunk(), UTF_8));
                  peer.readChunk();
                  peer.readChunk();
                  peer.readFields();
                  peer.write(Upstream.ok("ok"));
                });
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write(head("POST /users HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"));
      client.write("3\r\none\r\n");
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("one");
      client.write("3\r\ntwo\r\n0\r\n\r\n");
      assertThat(client.readResponse(false).text()).isEqualTo("ok");
    }
  }
}
