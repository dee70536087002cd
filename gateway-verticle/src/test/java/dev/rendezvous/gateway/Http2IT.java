package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Http2Peer.DATA;
import static dev.rendezvous.gateway.Http2Peer.END_HEADERS;
import static dev.rendezvous.gateway.Http2Peer.END_STREAM;
import static dev.rendezvous.gateway.Http2Peer.GOAWAY;
import static dev.rendezvous.gateway.Http2Peer.HEADERS;
import static dev.rendezvous.gateway.Http2Peer.RST_STREAM;
import static dev.rendezvous.gateway.Http2Peer.SETTINGS;
import static dev.rendezvous.gateway.Http2Peer.block;
import static dev.rendezvous.gateway.Http2Peer.request;
import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 on the wire, frame by frame. */
class Http2IT {
  private static final int PROTOCOL_ERROR = 1;
  private static final int CANCEL = 8;

  private static Upstream service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    service =
        Upstream.answering(
            request ->
                request.target().endsWith("/hinted")
                    ? head("HTTP/1.1 103 Early Hints", "Link: </a.css>")
                        + head(
                            "HTTP/1.1 200 OK",
                            "Content-Length: 2",
                            "Connection: X-Inner",
                            "X-Inner: 1",
                            "Keep-Alive: timeout=5",
                            "Upgrade: h2c",
                            "Proxy-Connection: x")
                        + "ok"
                    : Upstream.ok(request.text()));
    gateway = RunningGateway.to(service.port());
  }

  @BeforeEach
  void forget() {
    service.forget();
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    service.close();
  }

  @Test
  void aBodyWithoutALengthArrivesWholeAndItsTrailersDoNot() throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      client
          .frame(HEADERS, END_HEADERS, 1, request("POST", "/users", "trailer", "x-t"))
          .frame(DATA, 0, 1, new byte[] {'a', 'b'})
          .frame(DATA, 0, 1, new byte[] {'c', 'd'})
          .frame(HEADERS, END_HEADERS | END_STREAM, 1, block("x-t", "1"));
      assertThat(client.answer(1)).containsEntry(":status", "200").containsEntry("", "abcd");
      var sent = service.next();
      assertThat(sent.text()).isEqualTo("abcd");
      assertThat(sent.first("transfer-encoding")).isEqualTo("chunked");
      assertThat(sent.fields()).noneMatch(field -> field.matches("(?i)(trailer|x-t|:).*"));
    }
  }

  @Test
  void connectionFieldsOfAServiceEndHereAndHintsPass() throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      client.get(1, "/users/hinted");
      var answer = client.answer(1);
      assertThat(answer)
          .containsEntry(":status", "103|200")
          .containsEntry("link", "</a.css>")
          .containsEntry("", "ok")
          .doesNotContainKeys("connection", "x-inner", "keep-alive", "upgrade", "proxy-connection");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "connection, close",
    "keep-alive, 1",
    "proxy-connection, keep-alive",
    "transfer-encoding, chunked",
    "upgrade, websocket",
    "te, gzip",
    "X-Upper, 1",
    "host, b",
    ":path, /orders",
  })
  void aFieldThatHttp2ForbidsResetsItsStreamAlone(String name, String value) throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      client.frame(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", "/users", name, value));
      var reset = client.next(frame -> frame.stream() == 1);
      assertThat(reset.type()).isEqualTo(RST_STREAM);
      assertThat(reset.error()).isEqualTo(PROTOCOL_ERROR);
      client.get(3, "/users");
      assertThat(client.answer(3)).containsEntry(":status", "200");
      service.next();
      assertThat(service.waiting()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, /users, 405, method-refused",
    "TRACE, /users, 405, method-refused",
    "GET, /users/../orders, 400, bad-target",
    "GET, /users%2f, 400, bad-target",
    "GET, /nowhere, 404, no-route",
  })
  void refusesWithAProblem(String method, String path, String status, String type)
      throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      var head =
          method.equals("CONNECT")
              ? block(":method", method, ":authority", "a:80")
              : request(method, path);
      client.frame(HEADERS, END_HEADERS | END_STREAM, 1, head);
      assertThat(client.answer(1))
          .containsEntry(":status", status)
          .containsEntry("content-type", "application/problem+json")
          .hasEntrySatisfying("", text -> assertThat(text).contains("/problems/" + type));
      assertThat(service.waiting()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"u@a", "a b", "a/b", ""})
  void refusesAnAuthorityThatIsNone(String authority) throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      var head =
          block(":method", "GET", ":scheme", "http", ":path", "/users", ":authority", authority);
      client.frame(HEADERS, END_HEADERS | END_STREAM, 1, head);
      var frame = client.next(each -> each.stream() == 1);
      assertThat(frame.type() == RST_STREAM || frame.payload().length > 0).isTrue();
      client.get(3, "/users");
      assertThat(client.answer(3)).containsEntry(":status", "200");
      service.next();
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void headsThatAreTooLargeAre431And414() throws Exception {
    try (var out = new Output();
        var client = Http2Peer.connect(gateway.port())) {
      var large = "x".repeat(9_000);
      sendLarge(client, 1, request("GET", "/users", "a", large, "b", large));
      assertThat(client.answer(1))
          .containsEntry(":status", "431")
          .hasEntrySatisfying("", text -> assertThat(text).contains("/problems/headers-too-large"));
      out.awaitCause("fields_too_large");
      sendLarge(client, 3, request("GET", "/users/" + large));
      assertThat(client.answer(3))
          .containsEntry(":status", "414")
          .hasEntrySatisfying("", text -> assertThat(text).contains("/problems/uri-too-long"));
      assertThat(service.waiting()).isZero();
    }
  }

  /** No frame may be larger than 16 KiB. */
  private static void sendLarge(Http2Peer client, int stream, byte[] block) throws Exception {
    var most = 16_000;
    var first = Arrays.copyOf(block, Math.min(most, block.length));
    client.frame(HEADERS, END_STREAM | (first == block ? END_HEADERS : 0), stream, first);
    var rest = Arrays.copyOfRange(block, first.length, block.length);
    client.frame(Http2Peer.CONTINUATION, END_HEADERS, stream, rest);
  }

  @Test
  void aStreamThatItsClientResetsIs499AndCancelled() throws Exception {
    var closed = new CompletableFuture<Boolean>();
    try (var out = new Output();
        var silent =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  closed.complete(peer.isClosedByOther());
                });
        var toSilent = RunningGateway.to(silent.port());
        var client = Http2Peer.connect(toSilent.port())) {
      client.get(1, "/users");
      silent.next();
      client.reset(1, CANCEL);
      assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(out.awaitCause("client_gone").getInteger("status")).isEqualTo(499);
    }
  }

  @Test
  void limitsStreamsAndSaysHowMany() throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      var settings = ByteBuffer.wrap(client.next(SETTINGS).payload());
      var values = new HashMap<Integer, Integer>();
      while (settings.hasRemaining()) {
        values.put((int) settings.getShort(), settings.getInt());
      }
      assertThat(values).containsEntry(3, Limits.STREAMS);
    }
  }

  @Test
  void aFloodOfResetsEndsTheConnection() throws Exception {
    try (var out = new Output();
        var client = Http2Peer.connect(gateway.port())) {
      var flood = new ByteArrayOutputStream();
      var head = request("GET", "/users");
      for (var stream = 1; stream < 2_000; stream += 2) {
        flood.writeBytes(Http2Peer.bytes(HEADERS, END_HEADERS | END_STREAM, stream, head));
        flood.writeBytes(
            Http2Peer.bytes(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array()));
      }
      client.write(flood.toByteArray());
      assertThat(client.next(GOAWAY).error()).isEqualTo(0xb);
      client.readToEnd();
      out.awaitCause("http2_violation");
      gateway.awaitMetric("gateway_connections_closed_total{cause=\"http2_violation\"");
      assertThat(gateway.get("/users").status()).isEqualTo(200);
    }
  }

  @Test
  void anUpgradeFromHttp1IsTaken() throws Exception {
    try (var peer = gateway.connect()) {
      peer.write(
          head(
              "GET /users/upgraded HTTP/1.1",
              "Host: a",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"));
      assertThat(peer.readLine()).startsWith("HTTP/1.1 101");
      peer.readFields();
      var client = Http2Peer.on(peer.socket());
      assertThat(client.answer(1)).containsEntry(":status", "200");
      var sent = service.next();
      assertThat(sent.target()).isEqualTo("/users/upgraded");
      assertThat(sent.fields()).noneMatch(field -> field.matches("(?i)(upgr|http2|connecti).*"));
    }
  }

  @Test
  void aRefusalOfABodyIsReadAndTheConnectionServesOn() throws Exception {
    try (var client = Http2Peer.connect(gateway.port())) {
      client
          .frame(HEADERS, END_HEADERS, 1, request("POST", "/users", "content-length", "2000000"))
          .frame(DATA, 0, 1, new byte[16_000])
          .frame(DATA, 0, 1, new byte[16_000]);
      assertThat(client.answer(1))
          .containsEntry(":status", "413")
          .hasEntrySatisfying("", text -> assertThat(text).contains("/problems/request-too-large"));
      assertThat(client.next(RST_STREAM).error()).isZero();
      client.get(3, "/users");
      assertThat(client.answer(3)).containsEntry(":status", "200");
      service.next();
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void anAnswerThatBreaksOffResetsItsStreamAlone() throws Exception {
    try (var broken =
            Upstream.scripted(
                (upstream, peer) -> {
                  if (upstream.read(peer).target().endsWith("/whole")) {
                    peer.write(Upstream.ok("ok"));
                  } else {
                    peer.write(
                        head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + "1\r\na\r\n");
                  }
                });
        var toBroken = RunningGateway.to(broken.port());
        var client = Http2Peer.connect(toBroken.port())) {
      client.frame(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", "/users"));
      assertThat(client.next(frame -> frame.type() == RST_STREAM).type()).isEqualTo(RST_STREAM);
      client.get(3, "/users/whole");
      assertThat(client.answer(3)).containsEntry("", "ok");
    }
  }
}
