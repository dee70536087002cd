package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything of it reaches a service. */
class EdgeIT {
  private static Upstream service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    service = Upstream.answering(request -> Upstream.ok(request.target()));
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

  @ParameterizedTest
  @CsvSource({
    "GET /users HTTP/1.1, '', bad-host, 400",
    "GET /users HTTP/1.1, Host: a|Host: a, bad-host, 400",
    "GET /users HTTP/1.1, Host: a|Host: b, bad-host, 400",
    "GET /users HTTP/1.1, Host: a b, bad-host, 400",
    "GET /users HTTP/1.1, Host: user@a, bad-host, 400",
    "GET /users HTTP/1.1, Host: a/b, bad-host, 400",
    "CONNECT a:80 HTTP/1.1, Host: a:80, method-refused, 405",
    "TRACE /users HTTP/1.1, Host: a, method-refused, 405",
    "GET http://b/users HTTP/1.1, Host: a, bad-target, 400",
    "GET https://a/users HTTP/1.1, Host: a, bad-target, 400",
    "GET users HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/../orders HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/%2e%2E/x HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/..;/x HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/. HTTP/1.1, Host: a, bad-target, 400",
    "GET /users%2F1 HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/%5c HTTP/1.1, Host: a, bad-target, 400",
    "GET /users\\1 HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/%00 HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/%zz HTTP/1.1, Host: a, bad-target, 400",
    "GET /users/% HTTP/1.1, Host: a, bad-target, 400",
    "GET /users#x HTTP/1.1, Host: a, bad-target, 400",
    "GET /usersx HTTP/1.1, Host: a, no-route, 404",
    "GET / HTTP/1.1, Host: a, no-route, 404",
    "GET /health/live HTTP/1.1, Host: a, no-route, 404",
  })
  void refusesWithAProblemOfItsOwn(String line, String fields, String type, int status)
      throws Exception {
    var request = fields.isEmpty() ? head(line) : head(line, fields.replace("|", "\r\n"));
    var answer = gateway.send(request);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.first("content-type")).isEqualTo("application/problem+json");
    var problem = new JsonObject(answer.text());
    assertThat(problem.getString("type")).isEqualTo("/problems/" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(service.waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1|Content-Length: 2",
        "Content-Length: 1|Transfer-Encoding: chunked",
        "Content-Length: +1",
        "Content-Length: -1",
        "Content-Length: 1, 2",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "X Y: 1",
        "X: a\u0000b",
      })
  void refusesBrokenFramingAndClosesTheConnection(String fields) throws Exception {
    try (var client = gateway.connect()) {
      client.write(
          head("POST /users HTTP/1.1", "Host: a", fields.replace("|", "\r\n")) + "0\r\n\r\n");
      var answer = client.readResponse(false);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.first("content-type")).isEqualTo("application/problem+json");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void takesTheNameOfTheChunkedCodingInAnyCase() throws Exception {
    var request = head("POST /users HTTP/1.1", "Host: a", "Transfer-Encoding: Chunked");
    assertThat(gateway.send(request + "0\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void refusesChunksInHttp10() throws Exception {
    var request = head("POST /users HTTP/1.0", "Host: a", "Transfer-Encoding: chunked");
    assertThat(gateway.send(request + "0\r\n\r\n").status()).isEqualTo(400);
    assertThat(service.waiting()).isZero();
  }

  @Test
  void refusesABodyWhoseChunksAreBroken() throws Exception {
    try (var client = gateway.connect()) {
      client.write(
          head("PUT /users HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "xyz\r\n");
      var answer = client.readResponse(false);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("/problems/bad-body");
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void refusesALongRequestLineAndLargeFields() throws Exception {
    var line = gateway.send(head("GET /users/" + "x".repeat(9_000) + " HTTP/1.1", "Host: a"));
    assertThat(line.status()).isEqualTo(414);
    var fields = gateway.send(head("GET /users HTTP/1.1", "Host: a", "X: " + "x".repeat(17_000)));
    assertThat(fields.status()).isEqualTo(431);
  }

  @ParameterizedTest
  @CsvSource({
    "/users//1, /users/1",
    "//users/1, /users/1",
    "/%75sers/%7e%41, /users/~A",
    "/users/%c3%a4?q=%2f%2F, /users/%C3%A4?q=%2f%2F",
    "/users/1?, /users/1?",
    "/users/1?x=../..//%00, /users/1?x=../..//%00",
    "/users/a..b/.c/d., /users/a..b/.c/d.",
    "/users;v=1/x, ''",
    "http://a/users?x, /users?x",
  })
  void forwardsTheOneCanonicalPathByWhichItRoutes(String sent, String forwarded) throws Exception {
    var answer = gateway.send(head("GET " + sent + " HTTP/1.1", "Host: a"));
    if (forwarded.isEmpty()) {
      assertThat(answer.status()).isEqualTo(404);
    } else {
      assertThat(answer.text()).isEqualTo(forwarded);
      assertThat(service.next().target()).isEqualTo(forwarded);
    }
  }

  @Test
  void keepsTheConnectionAfterARefusalWithoutABody() throws Exception {
    try (var client = gateway.connect()) {
      assertThat(client.get("/nowhere").status()).isEqualTo(404);
      assertThat(client.get("/users/1").text()).isEqualTo("/users/1");
      service.next();
    }
  }
}
