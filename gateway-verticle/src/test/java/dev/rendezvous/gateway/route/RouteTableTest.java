package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private static final RouteTable PATHS =
      table(
          """
          - {path: /users, service: users}
          - {path: /users/1/orders, service: orders}
          - {path: /u, service: u}
          """);

  private static final RouteTable MATCHES =
      table(
          """
          - {path: /, service: root, methods: [GET]}
          - {path: /a, service: any}
          - {path: /a, service: put, methods: [PUT]}
          - {path: /a, service: below, host: "*.b.org"}
          - {path: /a, service: further, host: "*.c.b.org"}
          - {path: /a, service: one, host: x.c.b.org, methods: [GET, POST]}
          - {path: /a/deep, service: deep, host: deep.org, methods: [GET, DELETE]}
          """);

  private static RouteTable table(String routes) {
    try {
      return GatewayFile.parse("routes:\n" + routes, Path.of("")).routes();
    } catch (InvalidFileException e) {
      throw new AssertionError(e);
    }
  }

  private static String service(RouteTable table, String path, String host, String method) {
    var route = table.find(path, host, method);
    return route == null ? "none" : route.destinations().choose(new Random(1));
  }

  @ParameterizedTest
  @CsvSource({
    "/users, users",
    "/users/, users",
    "/users/1, users",
    "/users/1/orders, orders",
    "/users/1/orders/2, orders",
    "/users/1/ordersx, users",
    "/u/x, u",
    "/, none",
    "/usersx, none",
    "/Users, none",
    "/user, none",
    "/x/users, none",
  })
  void takesTheLongestPathThatCovers(String path, String service) {
    assertThat(service(PATHS, path, "", "GET")).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({
    "/, '', GET, root",
    "/x/y, '', HEAD, root",
    "/x/y, '', POST, none",
    "/a, '', GET, any",
    "/a, '', PUT, put",
    "/a, b.org, GET, any",
    "/a, x.b.org, GET, below",
    "/a, x.b.org, PUT, below",
    "/a, xb.org, GET, any",
    "/a, X.B.ORG.:8080, GET, below",
    "/a, y.c.b.org, GET, further",
    "/a, x.c.b.org, GET, one",
    "/a, x.c.b.org, HEAD, one",
    "/a, x.c.b.org, PUT, further",
    "/a/deep, deep.org, GET, deep",
    "/a/deep, deep.org, POST, none",
    "/a/deep, other.org, POST, any",
    "/a, [::1]:8080, GET, any",
  })
  void thenTheMostParticularHostThatTakesTheMethod(
      String path, String host, String method, String service) {
    assertThat(service(MATCHES, path, host, method)).isEqualTo(service);
  }

  @Test
  void knowsWhichMethodsAPathTakesWhereItTakesNotThisOne() {
    assertThat(MATCHES.methods("/x", "")).containsExactly("GET", "HEAD");
    assertThat(MATCHES.methods("/a/deep", "deep.org")).containsExactly("DELETE", "GET", "HEAD");
    assertThat(PATHS.methods("/x", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/users, /, /users, /",
    "/users, /, /users?a, /?a",
    "/users, /, /users/, /",
    "/users, /, /users/1?a=/users, /1?a=/users",
    "/users, /v2/people, /users/1, /v2/people/1",
    "/users, /v2/people, /users, /v2/people",
    "/users, /v2/people, /users/, /v2/people/",
    "/users, /v2, //users//%41, /v2/A",
    "/, /v2, /users/1, /v2/users/1",
    "/, /v2, /, /v2/",
    "/, /, /users, /users",
  })
  void rewritesThePathThatMatched(String path, String rewrite, String sent, String received) {
    var table = table("- {path: %s, service: s, rewrite: %s}".formatted(path, rewrite));
    var target = Objects.requireNonNull(RequestTarget.parse(sent));
    var route = Objects.requireNonNull(table.find(target.path(), "", "GET"));
    assertThat(route.uri(target)).isEqualTo(received);
    var again = Objects.requireNonNull(RequestTarget.parse(received));
    assertThat(again.uri()).isEqualTo(received);
  }

  @Test
  void sharesRequestsByWeights() {
    var table =
        table(
            """
            - path: /a
              services:
              - {service: a, weight: 90}
              - {service: none, weight: 0}
              - {service: b, weight: 10}
            """);
    var route = Objects.requireNonNull(table.find("/a", "", "GET"));
    var random = new Random(7);
    Map<String, Integer> counts = new HashMap<>();
    for (var i = 0; i < 10_000; i++) {
      counts.merge(route.destinations().choose(random), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("a", "b");
    assertThat(counts.get("b")).isBetween(900, 1_100);
    assertThat(table.services()).containsExactly("a", "none", "b");
  }

  @Test
  void namesEachRouteOnce() {
    assertThat(MATCHES.describe().getJsonArray("routes"))
        .extracting("map.route")
        .containsExactly(
            "DELETE,GET,HEAD deep.org/a/deep",
            "GET,HEAD,POST x.c.b.org/a",
            "*.c.b.org/a",
            "*.b.org/a",
            "PUT /a",
            "/a",
            "GET,HEAD /");
  }

  @Test
  void countsOnWhereAnEarlierTableStopped() {
    var limited = "- {path: /a, service: s, in_flight: 1, rate_limit: {rate: 1/s, burst: 2}}";
    var earlier = table(limited);
    var before = Objects.requireNonNull(earlier.find("/a", "", "GET")).gate();
    assertThat(before.enter("192.0.2.1", 0)).isNull();
    var table = table(limited).continuing(earlier);
    var now = Objects.requireNonNull(table.find("/a", "", "GET")).gate();
    assertThat(now.enter("192.0.2.1", 0)).isEqualTo(new RouteGate.Refusal(true, 1));
    before.leave();
    assertThat(now.enter("192.0.2.1", 0)).isEqualTo(new RouteGate.Refusal(false, 1));
    assertThat(now.enter("192.0.2.2", 0)).isNull();
  }

  @Test
  void hasUsersAndOrdersBuiltIn() {
    assertThat(RouteTable.BUILT_IN.services())
        .containsExactlyInAnyOrder("user-service", "order-service");
  }
}
