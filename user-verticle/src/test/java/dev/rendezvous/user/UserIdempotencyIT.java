package dev.rendezvous.user;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import dev.rendezvous.chassis.testing.Management;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keyed requests: the first answer is the only one, however often and however at once. */
class UserIdempotencyIT {
  private static Database database;
  private static UserService service;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    database = Database.start();
    service = UserService.start(database);
    client = service.client(Contract.load("openapi/user-service.yaml"));
    service.awaitReady();
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
    database.close();
  }

  @Test
  void replaysTheFirstAnswerForTheSameKey() {
    var first = client.post("/users", "{\"name\":\"Alice\"}", "Idempotency-Key", "replay");
    var again = client.post("/users", "{ \"name\": \" Alice \" }", "Idempotency-Key", "replay");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
  }

  @Test
  void refusesAKeyThatWasUsedWithAnotherBody() {
    client.post("/users", "{\"name\":\"Alice\"}", "Idempotency-Key", "reused");
    var other = client.post("/users", "{\"name\":\"Bob\"}", "Idempotency-Key", "reused");
    assertThat(problem(other)).isEqualTo("422 idempotency-key-reused");
  }

  @Test
  void storesNoAnswerButSuccess() {
    assertThat(client.post("/users", "{\"name\":\"\"}", "Idempotency-Key", "mended").statusCode())
        .isEqualTo(400);
    assertThat(client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", "mended").statusCode())
        .isEqualTo(201);
  }

  @Test
  void refusesKeysThatAreNone() {
    for (var key : List.of("x".repeat(256), "a b", "", " ")) {
      assertThat(problem(client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", key)))
          .as(key)
          .isEqualTo("400 invalid-header");
    }
    assertThat(
            problem(
                client.post(
                    "/users", "{\"name\":\"A\"}", "Idempotency-Key", "a", "Idempotency-Key", "b")))
        .isEqualTo("400 invalid-header");
    var longest = "x".repeat(255);
    assertThat(client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", longest).statusCode())
        .isEqualTo(201);
  }

  @Test
  void createsOneUserForManyRequestsAtOnce() {
    var before = database.number("SELECT count(*) FROM users");
    var threads = Executors.newFixedThreadPool(16);
    try {
      var answers =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              client.post(
                                  "/users", "{\"name\":\"C\"}", "Idempotency-Key", "race-" + i % 4),
                          threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).allMatch(answer -> answer.statusCode() == 201);
      assertThat(answers.stream().map(answer -> json(answer).getLong("id")).distinct()).hasSize(4);
      assertThat(database.number("SELECT count(*) FROM users")).isEqualTo(before + 4);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysSoWhenTheFirstRequestIsStillRunning() throws Exception {
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .execute(
              "INSERT INTO idempotency_keys (path, key, fingerprint, location, body)"
                  + " VALUES ('/users', 'slow', '', '', '')");
      var answer = client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", "slow");
      assertThat(problem(answer)).isEqualTo("409 idempotency-key-in-use");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      other.rollback();
    }
    assertThat(client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", "slow").statusCode())
        .isEqualTo(201);
  }

  @Test
  void staysReadyAndBlamesNoKeyWhenATableIsLocked() throws Exception {
    try (var other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE users");
      var answer = client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", "locked");
      assertThat(problem(answer)).isEqualTo("503 overloaded");
      assertThat(Management.get(service.managementPort(), "/health/ready").statusCode())
          .isEqualTo(200);
      other.rollback();
    }
    assertThat(client.post("/users", "{\"name\":\"A\"}", "Idempotency-Key", "locked").statusCode())
        .isEqualTo(201);
  }

  @Test
  void forgetsAKeyAfter24Hours() {
    var first = client.post("/users", "{\"name\":\"Old\"}", "Idempotency-Key", "old");
    database.execute(
        "UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'old'");
    var second = client.post("/users", "{\"name\":\"New\"}", "Idempotency-Key", "old");
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(json(second).getLong("id")).isNotEqualTo(json(first).getLong("id"));
  }
}
