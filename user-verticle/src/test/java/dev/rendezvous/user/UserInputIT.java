package dev.rendezvous.user;

import static dev.rendezvous.chassis.testing.ApiClient.json;
import static dev.rendezvous.chassis.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the user service refuses, and the odd things that it takes. */
class UserInputIT {
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
    service.close();
    database.close();
  }

  @Test
  void refusesCursorsThatItDidNotGive() {
    create("One");
    create("Two");
    var link = client.get("/users?limit=1").headers().firstValue("Link").orElseThrow();
    var cursor = next(link).replaceAll(".*after=", "");
    var forged = (cursor.charAt(0) == 'B' ? 'C' : 'B') + cursor.substring(1);
    for (var after : List.of("", "1", "abc", "%00", forged, cursor + "A", cursor + "=")) {
      assertThat(problem(client.get("/users?after=" + after)))
          .as(after)
          .isEqualTo("400 invalid-parameter");
    }
  }

  @Test
  void refusesBadParameters() {
    for (var query :
        List.of(
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=x",
            "limit=",
            "limit=1&limit=1",
            "size=3",
            "limit=99999999999999999999",
            "limit=%2B1")) {
      assertThat(client.get("/users?" + query).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(client.get("/users?limit=1").statusCode()).isEqualTo(200);
    assertThat(client.get("/users?limit=100").statusCode()).isEqualTo(200);
    for (var id :
        List.of(
            "0",
            "-1",
            "abc",
            "1.0",
            "9223372036854775808",
            "99999999999999999999",
            "%31x",
            "+1",
            "١")) {
      var path =
          "/users/" + java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8);
      assertThat(problem(client.get(path))).as(id).isEqualTo("400 invalid-parameter");
      assertThat(problem(client.delete(path))).as(id).isEqualTo("400 invalid-parameter");
    }
    assertThat(problem(client.get("/users/9223372036854775807"))).isEqualTo("404 user-not-found");
    assertThat(problem(client.get("/users/1?verbose=1"))).isEqualTo("400 invalid-parameter");
  }

  @Test
  void refusesBadBodies() {
    for (var body :
        List.of(
            "", "{", "[]", "\"x\"", "1", "null", "{}x", "{\"name\":\"\u0000\"", "{'name':'A'}")) {
      assertThat(problem(client.post("/users", body))).as(body).isEqualTo("400 malformed-json");
    }
    assertThat(problem(client.post("/users", "{\"name\":/*c*/\"A\"}")))
        .isEqualTo("400 malformed-json");
    assertThat(problem(client.post("/users", "{\"name\":\"A\",\"name\":\"B\"}")))
        .isEqualTo("400 malformed-json");
    assertThat(problem(client.post("/users", "\uFEFF{\"name\":\"A\"}")))
        .isEqualTo("400 malformed-json");
    for (var name :
        List.of(
            "1",
            "true",
            "null",
            "[]",
            "{}",
            "\"\"",
            "\"   \"",
            "\"\\u200b\"",
            "\"\u00a0\"",
            "\"a\\u2028b\"",
            "\"a\\u0000b\"",
            "\"a\\nb\"",
            "\"a\\u0085b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"" + "x".repeat(201) + "\"")) {
      assertThat(problem(client.post("/users", "{\"name\":" + name + "}")))
          .as(name)
          .isEqualTo("400 invalid-field");
    }
    assertThat(problem(client.post("/users", "{}"))).isEqualTo("400 invalid-field");
    assertThat(problem(client.post("/users", "{\"name\":\"A\",\"role\":\"admin\"}")))
        .isEqualTo("400 invalid-field");
    assertThat(problem(client.put("/users/1", "{\"name\":\"\"}"))).isEqualTo("400 invalid-field");
  }

  @Test
  void refusesWhatIsTooLargeOrNoJson() {
    assertThat(problem(client.post("/users", "{\"name\":\"" + "x".repeat(70_000) + "\"}")))
        .isEqualTo("413 body-too-large");
    assertThat(problem(client.send("POST", "/users", "name=A", "Content-Type", "text/plain")))
        .isEqualTo("415 unsupported-media-type");
    assertThat(problem(client.send("POST", "/users", "{\"name\":\"A\"}")))
        .isEqualTo("415 unsupported-media-type");
    assertThat(
            problem(
                client.send(
                    "POST", "/users", "{}", "Content-Type", "application/json;charset=latin1")))
        .isEqualTo("415 unsupported-media-type");
    assertThat(
            client
                .send(
                    "POST",
                    "/users",
                    "{\"name\":\"A\"}",
                    "Content-Type",
                    "application/json; charset=UTF-8")
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void takesNamesOfEveryScriptUpTo200Characters() {
    for (var name :
        List.of(
            "x".repeat(200), "😀".repeat(200), "Ἀριστοτέλης", "名前", "O'Neil; DROP TABLE users")) {
      var created = client.post("/users", new JsonObject().put("name", name).encode());
      assertThat(created.statusCode()).as(name).isEqualTo(201);
      assertThat(json(client.get(path(json(created)))).getString("name")).isEqualTo(name);
    }
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
