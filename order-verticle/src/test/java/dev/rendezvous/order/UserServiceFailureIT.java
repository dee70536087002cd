package dev.rendezvous.order;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders while the user service, or what stands before it, does not do its work. */
class UserServiceFailureIT {
  private static final String ORDER = "{\"user_id\":1,\"item\":\"Book\"}";

  @TempDir static Path folder;
  private static Database database;

  @BeforeAll
  static void start() {
    database = Database.start();
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @Test
  void storesNothingWhileTheUserServiceIsMuteOrDeadAndRecoversByItself() throws IOException {
    try (var usersDatabase = Database.start();
        var users = UserServiceProcess.start(usersDatabase, folder.resolve("user.log"));
        var service = OrderService.start(database, users.discoveryUrl())) {
      var client = service.client(Contract.load("openapi/order-service.yaml"));
      users.client().post("/users", "{\"name\":\"Alice\"}");
      assertThat(client.post("/orders", ORDER).statusCode()).isEqualTo(201);
      var before = database.number("SELECT count(*) FROM orders");

      users.process().pause();
      var begun = System.nanoTime();
      var slow = client.post("/orders", ORDER, "Idempotency-Key", "k");
      var waited = Duration.ofNanos(System.nanoTime() - begun);
      users.process().resume();
      assertThat(problem(slow)).isEqualTo("504 user-service-timeout");
      assertThat(waited).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_600));

      users.process().kill();
      var gone = client.post("/orders", ORDER, "Idempotency-Key", "k");
      assertThat(problem(gone)).isEqualTo("503 user-service-unavailable");
      assertThat(gone.headers().firstValue("Retry-After")).isPresent();
      assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(before);
      assertThat(database.number("SELECT count(*) FROM idempotency_keys")).isZero();

      users.restart();
      var mended = client.post("/orders", ORDER, "Idempotency-Key", "k");
      assertThat(mended.statusCode()).isEqualTo(201);
      assertThat(json(mended).getJsonObject("user").getString("name")).isEqualTo("Alice");
    }
  }

  /** What only something broken in between can answer, a script does. */
  @Test
  void takesOnlyTheUserServicesOwnNotFoundForAnUnknownUser() throws IOException {
    var problem = "{\"type\":\"/problems/%s\",\"status\":404}";
    for (var row :
        Map.of(
                "404 " + problem.formatted("user-not-found"),
                "422 unknown-user",
                "404 " + problem.formatted("no-route"),
                "503 user-service-unavailable",
                "404 <html>not found</html>",
                "503 user-service-unavailable",
                "404 ",
                "503 user-service-unavailable",
                "502 ",
                "503 user-service-unavailable",
                "503 ",
                "503 user-service-unavailable",
                "504 ",
                "504 user-service-timeout",
                "500 {}",
                "503 user-service-unavailable",
                "200 {\"id\":1}",
                "503 user-service-unavailable",
                "200 <html>",
                "503 user-service-unavailable")
            .entrySet()) {
      var script = script(row.getKey());
      var url = "http://127.0.0.1:" + script.getAddress().getPort();
      try (var service = OrderService.start(database, url)) {
        var client = service.client(Contract.load("openapi/order-service.yaml"));
        assertThat(problem(client.post("/orders", ORDER)))
            .as(row.getKey())
            .isEqualTo(row.getValue());
      } finally {
        script.stop(0);
      }
    }
  }

  @Test
  void boundsTheWholeAnswerInTimeAndInSize() throws IOException {
    try (var drip = new ScriptedServer(out -> drip(out));
        var flood = new ScriptedServer(out -> flood(out))) {
      try (var service = OrderService.start(database, drip.url())) {
        var begun = System.nanoTime();
        var client = service.client(Contract.load("openapi/order-service.yaml"));
        assertThat(problem(client.post("/orders", ORDER))).isEqualTo("504 user-service-timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
      }
      try (var service = OrderService.start(database, flood.url())) {
        var client = service.client(Contract.load("openapi/order-service.yaml"));
        assertThat(problem(client.post("/orders", ORDER)))
            .isEqualTo("503 user-service-unavailable");
        assertThat(flood.sent()).isLessThan(50_000_000);
      }
      assertThat(database.number("SELECT count(*) FROM orders WHERE user_name = 'drip'")).isZero();
    }
  }

  /** A byte every 100 ms: never silent, never done. */
  private static void drip(ScriptedServer.Output out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    for (var i = 0; i < 100; i++) {
      out.write(" ");
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static void flood(ScriptedServer.Output out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n");
    for (var i = 0; i < 7_000; i++) {
      out.write(" ".repeat(65_536));
    }
  }

  private static HttpServer script(String answer) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
