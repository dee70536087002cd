package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each field of a route does to requests. */
class RouteFieldsIT {

  private static RunningGateway routed(String routes, Upstream service) throws Exception {
    return RunningGateway.routed(
        "static:user-service=127.0.0.1:" + service.port(), "routes:\n" + routes);
  }

  private static String handshake(String path) {
    return head(
        "GET " + path + " HTTP/1.1",
        "Host: a",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13");
  }

  @Test
  void aMethodThatNoRouteOfAPathTakesIsRefusedWithThoseThatSomeTake() throws Exception {
    var routes =
        """
        - {path: /users, service: user-service, methods: [GET]}
        - {path: /users, service: user-service, methods: [POST]}
        """;
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = routed(routes, service)) {
      var answer = gateway.send(head("DELETE /users/refused HTTP/1.1", "Host: a"));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.all("allow")).containsExactly("GET, HEAD, POST");
      assertThat(answer.text()).contains("/problems/method-not-routed");
      assertThat(service.waiting()).isZero();
      var line = out.access("/users/refused");
      assertThat(line.getString("cause")).isEqualTo("method_not_routed");
      assertThat(line.getString("route")).isEqualTo("none");
      assertThat(gateway.send(head("HEAD /users HTTP/1.1", "Host: a")).status()).isEqualTo(200);
      assertThat(gateway.get("/users/taken").status()).isEqualTo(200);
      line = out.access("/users/taken");
      assertThat(line.getString("route")).isEqualTo("GET,HEAD /users");
      assertThat(line.getString("upstream")).isEqualTo("user-service");
    }
  }

  @Test
  void theServerAsAWholeSaysWhatItForwards() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port());
        var client = gateway.connect()) {
      client.write(head("OPTIONS * HTTP/1.1", "Host: a"));
      var answer = client.readResponse(false);
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.first("allow")).isEqualTo(Failure.FORWARDED_METHODS);
      assertThat(service.waiting()).isZero();
      assertThat(client.get("/users").text()).isEqualTo("ok");
      assertThat(gateway.send(head("GET * HTTP/1.1", "Host: a")).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/users, /v2/people",
    "/users/1?a=/users, /v2/people/1?a=/users",
    "//users/%7euser/%2a, /v2/people/~user/%2A",
    "/plain, /",
    "/plain/1, /1",
  })
  void thePathThatMatchedIsRewritten(String sent, String received) throws Exception {
    var routes =
        """
        - {path: /users, service: user-service, rewrite: /v2/people}
        - {path: /plain, service: user-service, rewrite: /}
        """;
    try (var service = Upstream.saying("ok");
        var gateway = routed(routes, service)) {
      assertThat(gateway.get(sent).status()).isEqualTo(200);
      assertThat(service.next().target()).isEqualTo(received);
    }
  }

  @Test
  void hostsAndWeightsChooseTheService() throws Exception {
    try (var one = Upstream.saying("one");
        var other = Upstream.saying("other");
        var gateway =
            RunningGateway.routed(
                "static:one=127.0.0.1:%d;other=127.0.0.1:%d".formatted(one.port(), other.port()),
                """
                routes:
                - {path: /a, service: one}
                - {path: /a, service: other, host: "*.example.com"}
                - path: /b
                  services: [{service: one, weight: 1}, {service: other, weight: 1}]
                """);
        var client = gateway.connect()) {
      assertThat(client.get("/a").text()).isEqualTo("one");
      client.write(head("GET /a HTTP/1.1", "Host: x.EXAMPLE.com:80"));
      assertThat(client.readResponse(false).text()).isEqualTo("other");
      var seen = new java.util.HashSet<String>();
      RunningGateway.await(
          "both services answer", () -> seen.add(client.get("/b").text()) && seen.size() == 2);
      var requests = other.next();
      assertThat(requests.first("rendezvous-service")).isEqualTo("other");
    }
  }

  @Test
  void aClientThatComesTooOftenIsToldWhenToComeAgain() throws Exception {
    var routes =
        """
        - {path: /users, service: user-service, rate_limit: {rate: 1/m, burst: 2}}
        - {path: /free, service: user-service}
        """;
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = routed(routes, service);
        var client = gateway.connect()) {
      assertThat(client.get("/users").status()).isEqualTo(200);
      assertThat(gateway.get("/users").status()).isEqualTo(200);
      var answer = client.get("/users/refused");
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.text()).contains("/problems/rate-limited");
      assertThat(answer.all("retry-after")).hasSize(1);
      assertThat(Integer.parseInt(answer.first("retry-after"))).isBetween(40, 60);
      assertThat(client.get("/free").status()).isEqualTo(200);
      assertThat(service.waiting()).isEqualTo(3);
      var line = out.access("/users/refused");
      assertThat(line.getString("cause")).isEqualTo("rate_limited");
      assertThat(line.getString("route")).isEqualTo("/users");
    }
  }

  @Test
  void behindATrustedProxyTheRateIsThatOfItsClient() throws Exception {
    var routes =
        """
        - {path: /users, service: user-service, rate_limit: {rate: 1/m, burst: 1}}
        server: {trusted: [127.0.0.0/8]}
        """;
    try (var service = Upstream.saying("ok");
        var gateway = routed(routes, service)) {
      var one = head("GET /users HTTP/1.1", "Host: a", "X-Forwarded-For: 198.51.100.1");
      var other = head("GET /users HTTP/1.1", "Host: a", "X-Forwarded-For: 198.51.100.2");
      assertThat(gateway.send(one).status()).isEqualTo(200);
      assertThat(gateway.send(one).status()).isEqualTo(429);
      assertThat(gateway.send(other).status()).isEqualTo(200);
    }
  }

  @Test
  void aRouteTakesNoMoreAtATimeThanItMay() throws Exception {
    var go = new CountDownLatch(1);
    try (var out = new Output();
        var service =
            Upstream.answering(
                request -> {
                  go.await();
                  return Upstream.ok("ok");
                });
        var gateway = routed("- {path: /users, service: user-service, in_flight: 1}\n", service);
        var first = gateway.connect();
        var second = gateway.connect()) {
      first.write(head("GET /users HTTP/1.1", "Host: a"));
      service.next();
      var answer = second.get("/users/refused");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.first("retry-after")).isEqualTo("1");
      assertThat(answer.text()).contains("/problems/route-full");
      assertThat(out.access("/users/refused").getString("cause")).isEqualTo("route_full");
      assertThat(inFlight(gateway)).isEqualTo(1);
      go.countDown();
      assertThat(first.readResponse(false).text()).isEqualTo("ok");
      // The client has its answer a moment before the gateway knows that it is written.
      RunningGateway.await("its place is free", () -> inFlight(gateway) == 0);
      assertThat(second.get("/users").status()).isEqualTo(200);
    }
  }

  private static int inFlight(RunningGateway gateway) throws Exception {
    return new JsonObject(gateway.management("/routes").body())
        .getJsonArray("routes")
        .getJsonObject(0)
        .getInteger("in_flight");
  }

  @Test
  void aRouteWithoutRetriesSendsEachRequestOnce() throws Exception {
    var failing = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    try (var one = Upstream.answering(request -> failing);
        var other = Upstream.answering(request -> failing);
        var gateway =
            RunningGateway.with("retries: none", Limits.DEFAULTS, one.port(), other.port())) {
      assertThat(gateway.get("/users").status()).isEqualTo(503);
      assertThat(one.waiting() + other.waiting()).isEqualTo(1);
    }
  }

  @Test
  void aSilentEventStreamEndsBroken() throws Exception {
    try (var out = new Output();
        var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(
                      head(
                          "HTTP/1.1 200 OK",
                          "Content-Type: text/event-stream",
                          "Transfer-Encoding: chunked"));
                  peer.write("8\r\ndata: 1\n\r\n");
                  peer.isClosedByOther();
                });
        var gateway = RunningGateway.with("stream_idle: 200ms", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(head("GET /users/events HTTP/1.1", "Host: a"));
      client.readLine();
      client.readFields();
      assertThat(client.readChunk()).hasSize(8);
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(out.access("/users/events").getString("cause")).isEqualTo("stream_idle");
    }
  }

  @Test
  void aSilentWebSocketIsClosedOnBothSides() throws Exception {
    var closed = new CompletableFuture<Boolean>();
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  upstream.read(peer);
                  peer.write(
                      head(
                          "HTTP/1.1 101 Switching Protocols",
                          "Connection: Upgrade",
                          "Upgrade: websocket"));
                  closed.complete(peer.isClosedByOther());
                });
        var gateway = RunningGateway.with("stream_idle: 200ms", Limits.DEFAULTS, service.port());
        var client = gateway.connect()) {
      client.write(handshake("/users/live"));
      assertThat(client.readResponse(true).status()).isEqualTo(101);
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anotherProtocolIsNotSwitchedTo() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var answer =
          gateway.send(
              head("GET /users HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: irc/6.9"));
      assertThat(answer.text()).isEqualTo("ok");
      var request = service.next();
      assertThat(request.all("upgrade")).isEmpty();
      assertThat(request.all("connection")).doesNotContain("Upgrade");
    }
  }

  @Test
  void theExampleStartsAGateway() throws Exception {
    var example = Files.readString(Path.of("routes.example.yaml"));
    try (var service = Upstream.answering(request -> Upstream.ok(request.target()));
        var gateway =
            RunningGateway.routed(
                "static:user-service=127.0.0.1:%1$d;order-service=127.0.0.1:%1$d;order-service-canary=127.0.0.1:%1$d"
                    .formatted(service.port()),
                example)) {
      assertThat(gateway.get("/users/1").text()).isEqualTo("/users/1");
      assertThat(gateway.get("/orders/1").text()).isEqualTo("/orders/1");
      var post = head("POST /orders HTTP/1.1", "Host: shop.example.com", "Content-Length: 0");
      assertThat(gateway.send(post).text()).isEqualTo("/v2/orders");
      var shown = new JsonObject(gateway.management("/routes").body());
      assertThat(shown.getJsonArray("routes")).hasSize(3);
      assertThat(shown.getJsonObject("server").getInteger("connections")).isEqualTo(128);
    }
  }
}
