package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs from one protocol to the other. */
class ProtocolIT {

  /** A field, because Vert.x closes a client that nobody refers to any more. */
  private HttpClient client;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 200_000})
  void passesHttp2BodiesThatDeclareNoLength(int size) throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok("" + request.text().length()));
        var gateway = RunningGateway.to(service.port())) {
      for (var method : new HttpMethod[] {HttpMethod.POST, HttpMethod.PUT, HttpMethod.GET}) {
        client = gateway.vertx().createHttpClient(http2());
        var text =
            client
                .request(options(gateway, method))
                .compose(
                    request -> {
                      request.setChunked(true);
                      if (size > 0) {
                        request.write(Buffer.buffer(new byte[size]));
                      }
                      return request.end().compose(sent -> request.response());
                    })
                .compose(response -> response.body())
                .await(10, TimeUnit.SECONDS);
        assertThat(text).as(method.name()).hasToString("" + size);
        client.close();
      }
    }
  }

  @Test
  void joinsTheCookiesOfHttp2AndDropsNoOtherField() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      client = gateway.vertx().createHttpClient(http2());
      var version =
          client
              .request(options(gateway, HttpMethod.GET))
              .compose(
                  request -> {
                    request.headers().add("cookie", "a=1").add("cookie", "b=2").add("x-a", "1");
                    request.headers().add("x-a", "2");
                    return request.send();
                  })
              .map(response -> response.version())
              .await(10, TimeUnit.SECONDS);
      assertThat(version).isEqualTo(HttpVersion.HTTP_2);
      var request = service.next();
      assertThat(request.all("cookie")).containsExactly("a=1; b=2");
      assertThat(request.all("x-a")).containsExactly("1", "2");
      assertThat(request.all("host")).containsExactly("127.0.0.1:" + gateway.port());
    }
  }

  @Test
  void passesResponseTrailersInHttp1AndHttp2() throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
                        + "2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
        var gateway = RunningGateway.to(service.port())) {
      var answer = gateway.get("/users");
      assertThat(answer.text()).isEqualTo("ok");
      assertThat(answer.first("trailer")).isEqualTo("X-Sum");
      assertThat(answer.trailers()).containsExactly("X-Sum: 7");
      client = gateway.vertx().createHttpClient(http2());
      var trailer =
          client
              .request(options(gateway, HttpMethod.GET))
              .compose(request -> request.send())
              .compose(response -> response.end().map(end -> response.getTrailer("x-sum")))
              .await(10, TimeUnit.SECONDS);
      assertThat(trailer).isEqualTo("7");
    }
  }

  @Test
  void endsAnAnswerToHttp10WithTheConnectionWhereItHasNoLength() throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      var text = client.write("GET /users HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").readToEnd();
      assertThat(text).endsWith("\r\n\r\nok").containsIgnoringCase("connection: close");
      assertThat(text).doesNotContainIgnoringCase("chunked");
    }
  }

  @Test
  void tunnelsWebSocketsAndKeepsTheAnswerOfARefusedOne() throws Exception {
    var declined = new CompletableFuture<Boolean>();
    try (var service =
            Upstream.scripted(
                (upstream, gateway) -> {
                  var request = upstream.read(gateway);
                  if (request.startLine().contains("declined")) {
                    gateway.write(
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n"
                            + "Content-Length: 2\r\n\r\nno");
                    declined.complete(gateway.isClosedByOther());
                    return;
                  }
                  gateway.write(
                      head(
                              "HTTP/1.1 101 Switching Protocols",
                              "Connection: Upgrade",
                              "Upgrade: websocket",
                              "Sec-WebSocket-Accept: x",
                              "Sec-WebSocket-Extensions: permessage-deflate")
                          + "hello");
                  gateway.write(gateway.readExactly(4));
                });
        var gateway = RunningGateway.to(service.port())) {
      var handshake =
          head(
              " HTTP/1.1",
              "Host: a",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13");
      try (var client = gateway.connect()) {
        client.write("GET /users/live" + handshake);
        var answer = client.readResponse(true);
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.first("sec-websocket-accept")).isEqualTo("x");
        assertThat(answer.all("sec-websocket-extensions")).containsExactly("permessage-deflate");
        assertThat(answer.all("upgrade")).containsExactly("websocket");
        assertThat(client.readText(5)).isEqualTo("hello");
        client.write("ping");
        assertThat(client.readText(4)).isEqualTo("ping");
        assertThat(client.isClosedByOther()).isTrue();
      }
      assertThat(service.next().all("upgrade")).containsExactly("websocket");
      try (var client = gateway.connect()) {
        client.write("GET /users/declined" + handshake);
        var answer = client.readResponse(false);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.first("www-authenticate")).isEqualTo("Basic");
        assertThat(answer.text()).isEqualTo("no");
      }
      assertThat(declined.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  static HttpClientOptions http2() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false);
  }

  static RequestOptions options(RunningGateway gateway, HttpMethod method) {
    return new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(gateway.port())
        .setURI("/users")
        .setMethod(method);
  }
}
