package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes behind a gateway under load costs no request. */
class HeldIT {

  static String stateOf(RunningGateway gateway, int port) throws Exception {
    return new JsonObject(gateway.management("/discovery").body())
        .getJsonObject("services").getJsonObject("user-service").getJsonArray("instances").stream()
            .map(JsonObject.class::cast)
            .filter(instance -> instance.getInteger("port") == port)
            .map(instance -> instance.getString("state"))
            .findFirst()
            .orElse("absent");
  }

  @Test
  void aServiceThatIsKilledAndStartedAgainCostsNoRequest(@TempDir Path folder) throws Exception {
    var first = Upstream.freePort();
    var second = Upstream.freePort();
    var killed = UpstreamProcess.at(first, folder);
    try (var other = UpstreamProcess.at(second, folder);
        var gateway = RunningGateway.to(first, second);
        var load = SteadyLoad.on(gateway)) {
      RunningGateway.await(
          "both answer", () -> load.answers("" + first) > 20 && load.answers("" + second) > 20);
      killed.kill();
      RunningGateway.await("set aside", () -> stateOf(gateway, first).equals("ejected"));
      load.awaitMore(100);
      killed = UpstreamProcess.at(first, folder);
      var before = load.answers("" + first);
      RunningGateway.await("it answers again", () -> load.answers("" + first) > before + 20);

      other.kill();
      load.awaitMore(100);
      load.stop("SIGKILL and restart of an upstream, SIGKILL of the other");
      assertThat(load.failures()).isEmpty();
    } finally {
      killed.close();
    }
  }

  @Test
  void newRoutesCostNoRequest() throws Exception {
    try (var one = Upstream.saying("one");
        var other = Upstream.saying("other");
        var gateway = RunningGateway.to(one.port(), other.port());
        var load = SteadyLoad.on(gateway)) {
      for (var i = 1; i <= 20; i++) {
        var limit = 1_000_000 + i;
        Files.writeString(
            gateway.routesFile(), RunningGateway.routes("in_flight: 100, body_limit: " + limit));
        RunningGateway.await(
            "table " + i,
            () -> gateway.management("/routes").body().contains("\"body_limit\":" + limit));
      }
      load.stop("20 new route tables");
      assertThat(load.failures()).isEmpty();
      RunningGateway.await(
          "no place is taken",
          () -> gateway.management("/routes").body().contains("\"in_flight\":0,"));
    }
  }

  @Test
  void checksFindAnInstanceDeadAndBackWithoutARequest() throws Exception {
    var port = Upstream.freePort();
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(port, service.port())) {
      RunningGateway.await("set aside", () -> stateOf(gateway, port).equals("ejected"));
      assertThat(stateOf(gateway, service.port())).isEqualTo("in_rotation");
      try (var back = Upstream.answeringAt(port, request -> Upstream.ok("back"))) {
        RunningGateway.await("used again", () -> stateOf(gateway, port).equals("in_rotation"));
        assertThat(back.waiting() + service.waiting()).isZero();
        RunningGateway.await("asked", () -> gateway.get("/users").text().equals("back"));
      }
    }
  }

  @Test
  void anInstanceThatSaysNoWhereItIsAskedIsSetAside() throws Exception {
    var unwell = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
    try (var one =
            Upstream.answering(
                request -> request.target().equals("/well") ? unwell : Upstream.ok("one"));
        var other = Upstream.saying("other");
        var gateway =
            RunningGateway.routed(
                "static:user-service=127.0.0.1:%d,127.0.0.1:%d".formatted(one.port(), other.port()),
                RunningGateway.routes("") + "checks:\n- {service: user-service, path: /well}\n")) {
      RunningGateway.await("set aside", () -> stateOf(gateway, one.port()).equals("ejected"));
      for (var i = 0; i < 10; i++) {
        assertThat(gateway.get("/users").text()).isEqualTo("other");
      }
    }
  }

  /** As when both are made anew, one after the other, at their old addresses. */
  @Test
  void anInstanceThatDrainsCostsNoRequestWhileTheOtherIsSetAside() throws Exception {
    var unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    var draining = new AtomicBoolean();
    var port = Upstream.freePort();
    try (var other =
            Upstream.answering(request -> draining.get() ? unavailable : Upstream.ok("other"));
        var gateway = RunningGateway.to(port, other.port());
        var client = gateway.connect()) {
      RunningGateway.await(
          "set aside",
          () -> client.get("/users").status() == 200 && stateOf(gateway, port).equals("ejected"));
      try (var back = Upstream.answeringAt(port, request -> Upstream.ok("back"))) {
        draining.set(true);
        assertThat(client.get("/users").text()).isEqualTo("back");
        assertThat(back.waiting()).isEqualTo(1);
      }
    }
  }
}
