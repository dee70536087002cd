package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the gateway, and in which form. */
class ForwardingIT {

  @Test
  void dropsWhatAClientSaysOfItselfAndAddsItsOwn() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var answer =
          gateway.send(
              head(
                  "GET /users/1?q=%2F HTTP/1.1",
                  "Host: shop.example:81",
                  "X-Forwarded-For: 6.6.6.6",
                  "X_Forwarded_For: 6.6.6.6",
                  "Forwarded: for=6.6.6.6",
                  "X-Real-IP: 6.6.6.6",
                  "X-Forwarded-Port: 1",
                  "Rendezvous-Service: order-service",
                  "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                  "tracestate: a=b",
                  "X-Request-Id: mine-1"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.first("x-request-id")).isEqualTo("mine-1");
      var request = service.next();
      assertThat(request.startLine()).isEqualTo("GET /users/1?q=%2F HTTP/1.1");
      assertThat(request.all("host")).containsExactly("shop.example:81");
      assertThat(request.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(request.all("x-forwarded-proto")).containsExactly("http");
      assertThat(request.all("x-forwarded-host")).containsExactly("shop.example:81");
      assertThat(request.all("forwarded"))
          .containsExactly("for=127.0.0.1;host=\"shop.example:81\";proto=http");
      assertThat(request.all("rendezvous-service")).containsExactly("user-service");
      assertThat(request.all("x-request-id")).containsExactly("mine-1");
      assertThat(request.all("tracestate")).containsExactly("a=b");
      assertThat(request.first("traceparent"))
          .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
          .endsWith("-01")
          .doesNotContain("b7ad6b7169203331");
      assertThat(String.join("\n", request.fields())).doesNotContain("6.6.6.6", "Port");
    }
  }

  @Test
  void endsHopByHopFieldsInBothDirections() throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    head(
                            "HTTP/1.1 200 OK",
                            "Content-Length: 2",
                            "Connection: keep-alive",
                            "Connection: X-Inner",
                            "X-Inner: 1",
                            "Keep-Alive: timeout=5",
                            "Proxy-Authenticate: Basic",
                            "Upgrade: h2c",
                            "X-Kept: 1")
                        + "ok");
        var gateway = RunningGateway.to(service.port())) {
      var answer =
          gateway.send(
              head(
                  "GET /users HTTP/1.1",
                  "Host: a",
                  "Connection: keep-alive, X-Outer",
                  "Connection: Rendezvous-Service, X-Forwarded-For, Host",
                  "X-Outer: 1",
                  "Keep-Alive: 1",
                  "Proxy-Connection: keep-alive",
                  "TE: trailers",
                  "Proxy-Authorization: Basic eA==",
                  "Upgrade: foo",
                  "X-Kept: 1"));
      assertThat(answer.text()).isEqualTo("ok");
      assertThat(answer.fields())
          .noneMatch(
              field -> field.matches("(?i)(connection|keep-alive|proxy-|upgrade|x-inner).*"));
      assertThat(answer.first("x-kept")).isEqualTo("1");
      var request = service.next();
      assertThat(request.fields())
          .noneMatch(
              field -> field.matches("(?i)(connection|keep-alive|proxy-|upgrade|te:|x-ou).*"));
      assertThat(request.first("x-kept")).isEqualTo("1");
      assertThat(request.all("host")).containsExactly("a");
      assertThat(request.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(request.all("rendezvous-service")).containsExactly("user-service");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, 500_000})
  void passesBodiesOfAnySizeWithTheirLength(int size) throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok("" + request.text().length()));
        var gateway = RunningGateway.to(service.port())) {
      var head = "POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n";
      assertThat(gateway.send(head + "x".repeat(size)).text()).isEqualTo("" + size);
      assertThat(service.next().all("content-length")).containsExactly("" + size);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void passesChunkedBodiesAndDropsTheirTrailers(String method) throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok(request.text()));
        var gateway = RunningGateway.to(service.port())) {
      var answer =
          gateway.send(
              method
                  + " /users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
                  + "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-T: 1\r\n\r\n");
      assertThat(answer.text()).isEqualTo("abcde");
      assertThat(service.next().first("trailer")).isNull();
    }
  }

  @Test
  void answersWithoutABodyKeepTheConnectionInStep() throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    request.startLine().startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"
                        : request.startLine().contains("/204")
                            ? "HTTP/1.1 204 No Content\r\n\r\n"
                            : request.startLine().contains("/304")
                                ? "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"
                                : Upstream.ok("ok"));
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write("HEAD /users HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readResponse(true).all("content-length")).containsExactly("1234");
      var noContent = client.get("/users/204");
      assertThat(noContent.status()).isEqualTo(204);
      assertThat(noContent.fields()).noneMatch(field -> field.matches("(?i)(content-l|transf).*"));
      assertThat(client.get("/users/304").first("etag")).isEqualTo("\"1\"");
      assertThat(client.get("/users").text()).isEqualTo("ok");
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @Test
  void answersExpectOnceAnUpstreamConnectionStands() throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok(request.text()));
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      for (var method : new String[] {"POST", "PUT"}) {
        client.write(
            method
                + " /users HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertThat(client.readResponse(false).status()).isEqualTo(100);
        client.write("abc");
        assertThat(client.readResponse(false).text()).isEqualTo("abc");
        assertThat(service.next().first("expect")).isNull();
      }
    }
  }

  @Test
  void refusesInsteadOfSayingGoOnWhenNobodyIsThere() throws Exception {
    try (var gateway = RunningGateway.to(Upstream.freePort());
        var client = gateway.connect()) {
      client.write(
          "POST /users HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.readResponse(false).status()).isEqualTo(502);
    }
  }

  @Test
  void passesEarlyHints() throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + Upstream.ok("ok"));
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      var hints = client.get("/users");
      assertThat(hints.status()).isEqualTo(103);
      assertThat(hints.first("link")).isEqualTo("</a.css>");
      assertThat(client.readResponse(false).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=\"60\"", "max-age=", "max-age=99999999999"})
  void mindsNoCacheControl(String value) throws Exception {
    try (var service =
            Upstream.answering(
                request ->
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nExpires: -1\r\nCache-Control: "
                        + value
                        + "\r\n\r\n");
        var gateway = RunningGateway.to(service.port())) {
      assertThat(gateway.get("/users").first("cache-control")).isEqualTo(value);
    }
  }

  @Test
  void passesAServicesOwnProblemUntouched() throws Exception {
    var problem = "{\"type\":\"/problems/unknown-user\"}";
    try (var service =
            Upstream.answering(
                request ->
                    "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n"
                        + "Content-Length: "
                        + problem.length()
                        + "\r\n\r\n"
                        + problem);
        var gateway = RunningGateway.to(service.port())) {
      assertThat(gateway.get("/users/9").text()).isEqualTo(problem);
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok(request.target()));
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      var requests = new StringBuilder();
      for (var i = 0; i < 10; i++) {
        requests.append("GET /users/").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      client.write(requests.toString());
      var answers = new ArrayList<String>();
      for (var i = 0; i < 10; i++) {
        answers.add(client.readResponse(false).text());
      }
      assertThat(answers).hasSize(10).isSorted().startsWith("/users/0");
    }
  }
}
