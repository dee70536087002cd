package dev.rendezvous.order;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the order service answers; the client holds each answer against the contract. */
class OrderApiIT {
  private static final Contract CONTRACT = Contract.load("openapi/order-service.yaml");

  @TempDir static Path folder;
  private static Database usersDatabase;
  private static Database ordersDatabase;
  private static UserServiceProcess users;
  private static OrderService service;
  private static ApiClient client;
  private static long alice;

  @BeforeAll
  static void start() {
    usersDatabase = Database.start();
    ordersDatabase = Database.start();
    users = UserServiceProcess.start(usersDatabase, folder.resolve("user.log"));
    service = OrderService.start(ordersDatabase, users.discoveryUrl());
    client = service.client(CONTRACT);
    alice = json(users.client().post("/users", "{\"name\":\"Alice\"}")).getLong("id");
  }

  @AfterAll
  static void stop() throws IOException {
    CONTRACT.checkEveryOperationSucceeded();
    service.close();
    users.close();
    usersDatabase.close();
    ordersDatabase.close();
  }

  @Test
  void createsAnOrderWithItsUserInIt() {
    var created = client.post("/orders", order(alice, " Book "));
    assertThat(created.statusCode()).isEqualTo(201);
    var order = json(created);
    assertThat(order.fieldNames()).containsExactly("id", "user_id", "item", "user", "created_at");
    assertThat(order.getJsonObject("user"))
        .isEqualTo(new JsonObject().put("id", alice).put("name", "Alice"));
    assertThat(order.getString("item")).isEqualTo("Book");
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(json(client.get(location))).isEqualTo(order);
    assertThat(client.get(location, "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
  }

  @Test
  void keepsTheUserAsItWasWhenTheOrderWasMade() {
    var bob = json(users.client().post("/users", "{\"name\":\"Bob\"}")).getLong("id");
    var order = json(client.post("/orders", order(bob, "Pen")));
    users.client().put("/users/" + bob, "{\"name\":\"Robert\"}");
    assertThat(json(client.get("/orders/" + order.getLong("id")))).isEqualTo(order);
  }

  @Test
  void refusesAnUnknownUserAndStoresNothing() {
    var before = ordersDatabase.number("SELECT count(*) FROM orders");
    var refused = client.post("/orders", order(4711, "Book"), "Idempotency-Key", "unknown");
    assertThat(problem(refused)).isEqualTo("422 unknown-user");
    assertThat(ordersDatabase.number("SELECT count(*) FROM orders")).isEqualTo(before);
    assertThat(ordersDatabase.number("SELECT count(*) FROM idempotency_keys WHERE key = 'unknown'"))
        .isZero();
  }

  @Test
  void refusesBadInput() {
    for (var id :
        List.of("0", "-1", "\"1\"", "1.5", "1e3", "null", "9223372036854775808", "true")) {
      assertThat(problem(client.post("/orders", "{\"user_id\":" + id + ",\"item\":\"Book\"}")))
          .as(id)
          .isEqualTo("400 invalid-field");
    }
    assertThat(problem(client.post("/orders", "{\"user_id\":1}"))).isEqualTo("400 invalid-field");
    assertThat(problem(client.post("/orders", "{\"item\":\"Book\"}")))
        .isEqualTo("400 invalid-field");
    assertThat(problem(client.post("/orders", order(alice, "x".repeat(201)))))
        .isEqualTo("400 invalid-field");
    assertThat(problem(client.post("/orders", order(alice, "a\tb"))))
        .isEqualTo("400 invalid-field");
    assertThat(problem(client.post("/orders", "{\"user_id\":1,\"item\":\"B\",\"price\":1}")))
        .isEqualTo("400 invalid-field");
    assertThat(problem(client.get("/orders/0"))).isEqualTo("400 invalid-parameter");
    assertThat(problem(client.get("/orders?user_id=x"))).isEqualTo("400 invalid-parameter");
    assertThat(problem(client.get("/orders/4711"))).isEqualTo("404 order-not-found");
    var put = client.put("/orders/1", "{}");
    assertThat(problem(put)).isEqualTo("405 method-not-allowed");
    assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void pagesThroughTheOrdersOfOneUserOnceEach() {
    var carol = json(users.client().post("/users", "{\"name\":\"Carol\"}")).getLong("id");
    var made = new ArrayList<Long>();
    for (var i = 0; i < 5; i++) {
      made.add(json(client.post("/orders", order(carol, "Item " + i))).getLong("id"));
      client.post("/orders", order(alice, "Other " + i));
    }
    var seen = new ArrayList<Long>();
    var path = "/orders?limit=2&user_id=" + carol;
    while (path != null) {
      var page = client.get(path);
      json(page).getJsonArray("items").forEach(o -> seen.add(((JsonObject) o).getLong("id")));
      path = next(page.headers().firstValue("Link").orElse(null));
    }
    assertThat(seen).containsExactlyElementsOf(made);
  }

  @Test
  void doesNotTakeACursorToAnotherList() {
    client.post("/orders", order(alice, "One"));
    client.post("/orders", order(alice, "Two"));
    var link = client.get("/orders?limit=1").headers().firstValue("Link").orElseThrow();
    var cursor = next(link).replaceAll(".*after=", "");
    assertThat(problem(client.get("/orders?user_id=" + alice + "&after=" + cursor)))
        .isEqualTo("400 invalid-parameter");
  }

  @Test
  void createsOneOrderForManyRequestsAtOnce() {
    var threads = Executors.newFixedThreadPool(16);
    try {
      var ids =
          IntStream.range(0, 48)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              client.post(
                                  "/orders", order(alice, "R"), "Idempotency-Key", "r" + i % 3),
                          threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .peek(answer -> assertThat(answer.statusCode()).isEqualTo(201))
              .map(answer -> json(answer).getLong("id"))
              .distinct()
              .toList();
      assertThat(ids).hasSize(3);
      assertThat(ordersDatabase.number("SELECT count(*) FROM orders WHERE item = 'R'"))
          .isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void offersWhatItsContractSaysAndNothingElse() {
    CONTRACT
        .allowed()
        .forEach(
            (path, methods) -> {
              var refused = client.send("PATCH", path.replace("{id}", "1"), null);
              assertThat(problem(refused)).isEqualTo("405 method-not-allowed");
              var allow = refused.headers().firstValue("Allow").orElseThrow();
              assertThat(allow.split(", ")).containsExactlyInAnyOrderElementsOf(methods);
            });
    assertThat(client.raw("/openapi.yaml")).startsWith("openapi: 3.1.0");
  }

  private static String order(long user, String item) {
    return new JsonObject().put("user_id", user).put("item", item).encode();
  }

  private static String next(String link) {
    return link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
  }
}
