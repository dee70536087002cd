package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The gateway as a process: what it shows, how it changes and how it ends. */
class LifecycleIT {

  @Test
  void finishesWhatIsInFlightBeforeItStops() throws Exception {
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.answering(
                request -> {
                  go.await();
                  return Upstream.ok("ok");
                });
        var gateway = RunningGateway.to(service.port());
        var idle = gateway.connect();
        var client = gateway.connect()) {
      assertThat(idle.get("/nowhere").status()).isEqualTo(404);
      client.write(head("GET /users HTTP/1.1", "Host: a"));
      service.next();
      var stopped = gateway.process().stop();
      assertThat(gateway.management("/health/ready").statusCode()).isEqualTo(503);
      assertThat(idle.isClosedByOther()).isTrue();
      RunningGateway.await("no more connections", () -> isRefused(gateway));
      assertThat(stopped.isComplete()).isFalse();
      go.countDown();
      var answer = client.readResponse(false);
      assertThat(answer.text()).isEqualTo("ok");
      assertThat(answer.first("connection")).isEqualTo("close");
      assertThat(client.isClosedByOther()).isTrue();
      stopped.await(10, TimeUnit.SECONDS);
    }
  }

  private static boolean isRefused(RunningGateway gateway) {
    try {
      gateway.connect().close();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  @Test
  void takesNewRoutesAndKeepsTheOldWhereTheFileIsBad() throws Exception {
    try (var service = Upstream.answering(request -> Upstream.ok(request.target()));
        var gateway = RunningGateway.to(service.port())) {
      assertThat(gateway.get("/people/1").status()).isEqualTo(404);
      var good = "routes:\n- {path: /people, service: user-service}\n";
      Files.writeString(gateway.routesFile(), good);
      RunningGateway.await("the new route", () -> gateway.get("/people/1").status() == 200);
      assertThat(gateway.get("/users/1").status()).isEqualTo(404);

      var out = new Output();
      try (out) {
        Files.writeString(gateway.routesFile(), "routes:\n- {path: people}\n");
        out.await("is refused, the old routes stay: line 2: path: \\\"people\\\" is refused");
      }
      assertThat(gateway.get("/people/1").status()).isEqualTo(200);
      var routes = new JsonObject(gateway.management("/routes").body());
      assertThat(routes.getJsonArray("routes").getJsonObject(0).getString("path"))
          .isEqualTo("/people");
    }
  }

  @Test
  void showsItsState() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      gateway.get("/users");
      assertThat(gateway.management("/health/ready").statusCode()).isEqualTo(200);
      assertThat(gateway.management("/discovery").body()).contains("127.0.0.1", "user-service");
      assertThat(gateway.management("/metrics").body())
          .contains("gateway_requests_seconds_count{cause=\"none\",route=\"/users\"")
          .contains(
              "gateway_upstream_attempts_total{service=\"gateway\",upstream=\"user-service\"}")
          .contains("gateway_in_flight");
    }
  }

  @Test
  void logsBothHopsOfAnOrder() throws Exception {
    var running = new AtomicReference<RunningGateway>();
    try (var out = new Output();
        var users = Upstream.saying("{}");
        var orders =
            Upstream.answering(
                request -> {
                  var trace = "traceparent: " + request.first("traceparent");
                  var user = head("GET /users/1 HTTP/1.1", "Host: a", trace);
                  return Upstream.ok(running.get().send(user).text());
                });
        var gateway =
            RunningGateway.builtIn(
                "static:user-service=127.0.0.1:%d;order-service=127.0.0.1:%d"
                    .formatted(users.port(), orders.port()))) {
      running.set(gateway);
      gateway.send(head("POST /orders?secret HTTP/1.1", "Host: a", "Content-Length: 2") + "{}");
      var user = out.access("/users/1");
      var order = out.access("/orders");
      assertThat(user.getString("route")).isEqualTo("/users");
      assertThat(user.getString("instance")).isEqualTo("127.0.0.1:" + users.port());
      assertThat(order.getString("route")).isEqualTo("/orders");
      assertThat(order.getString("instance")).isEqualTo("127.0.0.1:" + orders.port());
      assertThat(order.getString("trace_id")).isNotNull().isEqualTo(user.getString("trace_id"));
      assertThat(order.getInteger("status")).isEqualTo(200);
      assertThat(order.getString("cause")).isEqualTo("none");
      assertThat(order.getInteger("attempts")).isEqualTo(1);
      assertThat(order.getInteger("bytes_in")).isEqualTo(2);
      assertThat(order.getInteger("bytes_out")).isEqualTo(2);
      assertThat(order.getDouble("connect_ms")).isPositive();
      assertThat(order.getDouble("first_byte_ms")).isPositive();
      assertThat(order.getDouble("ms")).isPositive();
      assertThat(order.getString("request_id")).hasSize(16);
      assertThat(order.encode()).doesNotContain("secret");
    }
  }

  @Test
  void saysWhyAPortCannotBeHad() throws Exception {
    try (var service = Upstream.saying("ok")) {
      assertThatThrownBy(() -> RunningGateway.at(service.port(), service.port()))
          .hasMessageContaining("PORT=" + service.port());
    }
  }
}
