package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.gateway.route.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new file takes effect as a whole, and what is under way does not notice. */
class RouteChangeIT {
  private static final String OLD = "routes:\n- {path: /users, service: user-service}\n";
  private static final String NEW = "routes:\n- {path: /people, service: other-service}\n";

  @Test
  void whatIsUnderWayKeepsItsRouteAndServicesThatAreNewAreFound() throws Exception {
    var go = new CountDownLatch(1);
    try (var service =
            Upstream.scripted(
                (upstream, peer) -> {
                  var request = upstream.read(peer);
                  if (request.target().endsWith("/live")) {
                    peer.write(
                        head(
                            "HTTP/1.1 101 Switching Protocols",
                            "Connection: Upgrade",
                            "Upgrade: websocket"));
                    peer.write(peer.readExactly(4));
                  } else if (request.target().endsWith("/events")) {
                    peer.write(
                        head(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/event-stream",
                            "Transfer-Encoding: chunked"));
                    peer.write("8\r\ndata: 1\n\r\n");
                    go.await();
                    peer.write("8\r\ndata: 2\n\r\n0\r\n\r\n");
                  } else {
                    go.await();
                    peer.write(Upstream.ok("slow"));
                  }
                });
        var other = Upstream.saying("new");
        var gateway =
            RunningGateway.routed(
                "static:user-service=127.0.0.1:%d;other-service=127.0.0.1:%d"
                    .formatted(service.port(), other.port()),
                OLD);
        var slow = gateway.connect();
        var live = gateway.connect();
        var events = gateway.connect()) {
      slow.write(head("GET /users/slow HTTP/1.1", "Host: a"));
      live.write(
          head(
              "GET /users/live HTTP/1.1",
              "Host: a",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13"));
      assertThat(live.readResponse(true).status()).isEqualTo(101);
      events.write(head("GET /users/events HTTP/1.1", "Host: a"));
      events.readLine();
      events.readFields();
      assertThat(new String(events.readChunk(), UTF_8)).isEqualTo("data: 1\n");

      Files.writeString(gateway.routesFile(), NEW);
      RunningGateway.await("the new route", () -> gateway.get("/people").status() == 200);
      assertThat(gateway.get("/people").text()).isEqualTo("new");
      assertThat(gateway.get("/users").status()).isEqualTo(404);

      go.countDown();
      assertThat(slow.readResponse(false).text()).isEqualTo("slow");
      live.write("ping");
      assertThat(live.readText(4)).isEqualTo("ping");
      assertThat(new String(events.readChunk(), UTF_8)).isEqualTo("data: 2\n");
      assertThat(events.readChunk()).isEmpty();
    }
  }

  @Test
  void aFileThatIsGoneChangesNothingUntilItIsBack() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway =
            RunningGateway.routed("static:user-service=127.0.0.1:" + service.port(), OLD)) {
      Files.delete(gateway.routesFile());
      out.await("cannot be read, the old routes stay");
      assertThat(gateway.get("/users").status()).isEqualTo(200);
      var back = OLD.replace("/users", "/back");
      Files.writeString(gateway.routesFile(), back);
      RunningGateway.await("the file is read", () -> gateway.get("/back").status() == 200);
      assertThat(out.lines("cannot be read, the old routes stay")).hasSize(1);
    }
  }

  /** As Kubernetes exchanges a ConfigMap: the file links to a folder that is replaced by a link. */
  @Test
  void aFileBehindALinkIsExchangedWithTheLink(@TempDir Path folder) throws Exception {
    for (var version : new String[] {"v1", "v2"}) {
      var text = OLD.replace("/users", "/" + version);
      Files.writeString(
          Files.createDirectory(folder.resolve(version)).resolve("routes.yaml"), text);
    }
    Files.createSymbolicLink(folder.resolve("data"), Path.of("v1"));
    var file =
        Files.createSymbolicLink(folder.resolve("routes.yaml"), Path.of("data", "routes.yaml"));
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.at(Upstream.freePort(), service.port(), Routes.from(file))) {
      assertThat(gateway.get("/v1").status()).isEqualTo(200);
      Files.createSymbolicLink(folder.resolve("next"), Path.of("v2"));
      Files.move(folder.resolve("next"), folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
      RunningGateway.await("the other file", () -> gateway.get("/v2").status() == 200);
      assertThat(gateway.get("/v1").status()).isEqualTo(404);
    }
  }

  @Test
  void whatOnlyAStartCanChangeIsToldInOneLine() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway =
            RunningGateway.routed("static:user-service=127.0.0.1:" + service.port(), OLD)) {
      Files.writeString(
          gateway.routesFile(), OLD + "server: {connections: 10, headers: 32KiB, drain: 5s}\n");
      out.await("takes effect at the next start: headers (32768, still 16384), connections (10,");
      var server = gateway.management("/routes").body();
      assertThat(server).contains("\"connections\":128").contains("\"drain_ms\":5000");
      assertThat(out.lines("takes effect at the next start")).hasSize(1);
    }
  }
}
