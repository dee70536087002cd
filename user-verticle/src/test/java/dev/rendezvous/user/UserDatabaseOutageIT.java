package dev.rendezvous.user;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import dev.rendezvous.chassis.testing.Management;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The user service while its database is not there. */
class UserDatabaseOutageIT {
  @Test
  void waitsForItsDatabaseAndLosesNothingWhenItDies() throws IOException {
    try (var database = Database.stopped();
        var service = UserService.start(database)) {
      var client = service.client(Contract.load("openapi/user-service.yaml"));

      assertThat(Management.get(service.managementPort(), "/health/live").statusCode())
          .isEqualTo(200);
      var notReady = Management.get(service.managementPort(), "/health/ready");
      assertThat(notReady.statusCode()).isEqualTo(503);
      assertThat(notReady.body()).contains("\"database\"").doesNotContain("127.0.0.1");
      var early = client.get("/users");
      assertThat(problem(early)).isEqualTo("503 database-unavailable");
      assertThat(early.headers().firstValue("Retry-After")).isPresent();

      database.restart();
      System.out.printf("ready %d ms after its database%n", service.awaitReady().toMillis());
      var alice = json(client.post("/users", "{\"name\":\"Alice\"}", "Idempotency-Key", "a"));

      database.stop();
      var begun = System.nanoTime();
      assertThat(problem(client.get("/users/1"))).isEqualTo("503 database-unavailable");
      assertThat(problem(client.post("/users", "{\"name\":\"Bob\"}", "Idempotency-Key", "b")))
          .isEqualTo("503 database-unavailable");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(Management.get(service.managementPort(), "/health/ready").statusCode())
          .isEqualTo(503);

      database.restart();
      var healthy = service.awaitReady();
      System.out.printf("healthy %d ms after its database's return%n", healthy.toMillis());
      assertThat(healthy).isLessThan(Duration.ofSeconds(2));
      assertThat(json(client.get("/users/1"))).isEqualTo(alice);
      assertThat(client.post("/users", "{\"name\":\"Alice\"}", "Idempotency-Key", "a").body())
          .isEqualTo(alice.encode());
      assertThat(client.post("/users", "{\"name\":\"Bob\"}", "Idempotency-Key", "b").statusCode())
          .isEqualTo(201);
      assertThat(database.number("SELECT count(*) FROM users")).isEqualTo(2);
    }
  }
}
