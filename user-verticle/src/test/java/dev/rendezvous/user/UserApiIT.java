package dev.rendezvous.user;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the user service answers; the client holds each answer against openapi.yaml. */
class UserApiIT {
  private static final Contract CONTRACT = Contract.load("openapi/user-service.yaml");
  private static Database database;
  private static UserService service;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    database = Database.start();
    service = UserService.start(database);
    client = service.client(CONTRACT);
    service.awaitReady();
  }

  @AfterAll
  static void stop() throws IOException {
    CONTRACT.checkEveryOperationSucceeded();
    service.close();
    database.close();
  }

  @Test
  void createsAUserAndFindsIt() {
    var created = client.post("/users", "{\"name\":\"  Alice  \"}");
    assertThat(created.statusCode()).isEqualTo(201);
    var user = json(created);
    assertThat(user.fieldNames()).containsExactly("id", "name", "created_at");
    assertThat(user.getString("name")).isEqualTo("Alice");
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/users/" + user.getLong("id"));
    var found = client.get(location);
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(json(found)).isEqualTo(user);
  }

  @Test
  void answersHeadLikeGetWithoutABody() {
    var path = path(create("Head"));
    var head = client.send("HEAD", path, null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag")).isPresent();
  }

  @Test
  void knowsWhenTheClientHasTheUserAlready() {
    var path = path(create("Cached"));
    var etag = client.get(path).headers().firstValue("ETag").orElseThrow();
    assertThat(client.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(client.get(path, "If-None-Match", "W/" + etag).statusCode()).isEqualTo(304);
    assertThat(client.get(path, "If-None-Match", "\"7\", *").statusCode()).isEqualTo(304);
    assertThat(client.get(path, "If-None-Match", "\"7\"").statusCode()).isEqualTo(200);
  }

  @Test
  void renamesUnlessSomebodyElseDidBefore() {
    var path = path(create("Before"));
    var etag = client.get(path).headers().firstValue("ETag").orElseThrow();
    var renamed = client.put(path, "{\"name\":\"After\"}", "If-Match", etag);
    assertThat(renamed.statusCode()).isEqualTo(200);
    assertThat(json(renamed).getString("name")).isEqualTo("After");
    var lost = client.put(path, "{\"name\":\"Lost\"}", "If-Match", etag);
    assertThat(problem(lost)).isEqualTo("412 precondition-failed");
    assertThat(lost.headers().firstValue("ETag")).isEqualTo(renamed.headers().firstValue("ETag"));
    assertThat(problem(client.put(path, "{\"name\":\"Weak\"}", "If-Match", "W/\"2\"")))
        .isEqualTo("412 precondition-failed");
    assertThat(problem(client.put(path, "{\"name\":\"None\"}", "If-Match", "")))
        .isEqualTo("400 invalid-header");
    assertThat(problem(client.put(path, "{\"name\":\"Not there\"}", "If-None-Match", "*")))
        .isEqualTo("412 precondition-failed");
    assertThat(problem(client.get(path, "If-Match", "\"9\""))).isEqualTo("412 precondition-failed");
    assertThat(client.put(path, "{\"name\":\"Any\"}", "If-Match", "*").statusCode()).isEqualTo(200);
    assertThat(client.put(path, "{\"name\":\"Bare\"}").statusCode()).isEqualTo(200);
    assertThat(json(client.get(path)).getString("name")).isEqualTo("Bare");
  }

  @Test
  void deletesOnceAndOnlyTheVersionThatIsMeant() {
    var path = path(create("Gone"));
    assertThat(problem(client.delete(path, "If-Match", "\"9\"")))
        .isEqualTo("412 precondition-failed");
    assertThat(client.delete(path).statusCode()).isEqualTo(204);
    assertThat(problem(client.delete(path))).isEqualTo("404 user-not-found");
    assertThat(problem(client.get(path))).isEqualTo("404 user-not-found");
    assertThat(problem(client.put(path, "{\"name\":\"Ghost\"}", "If-Match", "*")))
        .isEqualTo("404 user-not-found");
  }

  @Test
  void pagesThroughAllUsersOnceEach() {
    var ids = new ArrayList<Long>();
    for (var i = 0; i < 7; i++) {
      ids.add(create("Page " + i).getLong("id"));
    }
    var seen = new ArrayList<Long>();
    var path = "/users?limit=3";
    while (path != null) {
      var page = client.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      var items = json(page).getJsonArray("items");
      assertThat(items.size()).isBetween(1, 3);
      items.forEach(item -> seen.add(((JsonObject) item).getLong("id")));
      path = next(page.headers().firstValue("Link").orElse(null));
    }
    assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(ids);
  }

  @Test
  void saysWhatAPathOffers() {
    assertThat(problem(client.get("/nothing"))).isEqualTo("404 unknown-path");
    assertThat(problem(client.get("/"))).isEqualTo("404 unknown-path");
    var patch = client.send("PATCH", "/users/1", "{}");
    assertThat(problem(patch)).isEqualTo("405 method-not-allowed");
    assertThat(patch.headers().firstValue("Allow")).contains("GET, HEAD, PUT, DELETE");
    var delete = client.delete("/users");
    assertThat(problem(delete)).isEqualTo("405 method-not-allowed");
    assertThat(delete.headers().firstValue("Allow")).contains("GET, HEAD, POST");
  }

  @Test
  void refusesRequestsForAnotherService() {
    assertThat(problem(client.get("/users", "Rendezvous-Service", "order-service")))
        .isEqualTo("421 misdirected-request");
    assertThat(client.get("/users", "Rendezvous-Service", "user-service").statusCode())
        .isEqualTo(200);
  }

  @Test
  void continuesAValidTraceAndBeginsOneOtherwise() {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var valid = "00-" + trace + "-00f067aa0ba902b7-01";
    assertThat(json(client.get("/users/0", "traceparent", valid)).getString("trace_id"))
        .isEqualTo(trace);
    for (var bad :
        List.of(
            "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
            "ff" + valid.substring(2),
            valid + "-x",
            "x")) {
      assertThat(json(client.get("/users/0", "traceparent", bad)).getString("trace_id"))
          .as(bad)
          .isNotEqualTo(trace)
          .matches("[0-9a-f]{32}");
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

  private static JsonObject create(String name) {
    return json(client.post("/users", new JsonObject().put("name", name).encode()));
  }

  private static String path(JsonObject user) {
    return "/users/" + user.getLong("id");
  }

  private static String next(String link) {
    return link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
  }
}
