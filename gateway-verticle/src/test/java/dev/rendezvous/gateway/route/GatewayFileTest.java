package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFileTest {
  private static final Path FOLDER = Path.of("");
  private final Random random = new Random(1);

  @Test
  void readsWhatIsGivenAndFillsInTheRest() throws Exception {
    var table =
        routes(
            """
            # two services
            routes:
              - path: /users
                service: user-service
              - path: /files
                service: file-service
                body_limit: 2GiB
                first_byte: 500ms
                exchange: none
            """);
    var users = route(table, "/users", "", "GET");
    assertThat(users.destinations().choose(random)).isEqualTo("user-service");
    assertThat(users.times()).isEqualTo(Route.Times.DEFAULTS);
    assertThat(users.bodyLimit()).isEqualTo(1 << 20);
    assertThat(users.tries()).isEqualTo(Route.ANY_TRIES);
    assertThat(users.gate()).isSameAs(RouteGate.OPEN);
    var files = route(table, "/files", "", "GET");
    assertThat(files.bodyLimit()).isEqualTo(2L << 30);
    assertThat(files.times().firstByte()).hasMillis(500);
    assertThat(files.times().exchange()).isEqualTo(Route.FOREVER);
  }

  @Test
  void readsTheExampleWhichNamesEveryField() throws Exception {
    var text = Files.readString(Path.of("routes.example.yaml"));
    var file = GatewayFile.parse(text, FOLDER);
    assertThat(file.server()).isEqualTo(ServerSettings.DEFAULTS);
    assertThat(file.checks()).containsExactly(Map.entry("user-service", "/openapi.yaml"));
    assertThat(file.routes().services())
        .containsExactlyInAnyOrder("user-service", "order-service", "order-service-canary");
    var order = route(file.routes(), "/orders/1", "shop.example.com:8080", "POST");
    assertThat(order.uri(target("/orders/1?a=b"))).isEqualTo("/v2/orders/1?a=b");
    assertThat(order.times())
        .isEqualTo(
            new Route.Times(
                Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(20), null));
    assertThat(order.tries()).isEqualTo(3);
    assertThat(order.describe().getJsonObject("rate_limit").getDouble("per_second")).isEqualTo(10);
    assertThat(order.describe().getInteger("in_flight_limit")).isEqualTo(200);
    var reads = route(file.routes(), "/orders", "shop.example.com", "HEAD");
    assertThat(reads.times().streamIdle()).hasMinutes(10);
    for (var field : RouteSection.FIELDS) {
      assertThat(text).contains(" " + field + ":");
    }
    for (var field : ServerSection.FIELDS) {
      assertThat(text).contains(" " + field + ":");
    }
  }

  private static Route route(RouteTable table, String path, String host, String method) {
    return Objects.requireNonNull(table.find(path, host, method));
  }

  private static RequestTarget target(String uri) {
    return Objects.requireNonNull(RequestTarget.parse(uri));
  }

  @Test
  void keepsTheBuiltInRoutesWhereItNamesNone() throws Exception {
    var file = GatewayFile.parse("server: {drain: 5s}", FOLDER);
    assertThat(file.routes()).isSameAs(RouteTable.BUILT_IN);
    assertThat(file.server().drain()).hasSeconds(5);
  }

  private static RouteTable routes(String text) throws InvalidFileException {
    return GatewayFile.parse(text, FOLDER).routes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | line 1: the file is empty",
        "[] | line 1: expected the fields routes, checks, server",
        "routes: [] | line 1: routes must be a list of at least one route",
        "servers: {} | line 1: unknown field \"servers\"; known: routes, checks, server",
        "routes:\\n- {path: /a} | line 2: service is missing; accepted is a name such as",
        "routes:\\n- {service: a} | line 2: path is missing; accepted is a path such as /users",
        "routes:\\n- {path: /a, service: a}\\n- {path: /a, service: b} | line 3: /a has a route already",
        "routes:\\n- {path: /a, service: a, methods: [GET]}\\n- {path: /a, service: b, methods: [PUT,HEAD]} | line 3: HEAD,PUT /a has",
        "routes:\\n- {path: /a, service: a, host: A.b} | line 2: host: \"A.b\" is refused; accepted is",
        "routes:\\n- {path: /a, service: a, host: '*'} | line 2: host: \"*\" is refused",
        "routes:\\n- {path: /a, service: a, host: 'a:80'} | line 2: host: \"a:80\" is refused",
        "routes:\\n- {path: /a, service: a, methods: GET} | line 2: methods must be a list",
        "routes:\\n- {path: /a, service: a, methods: []} | line 2: methods must name at least one",
        "routes:\\n- {path: /a, service: a, methods: [get]} | line 2: methods: \"get\" is refused",
        "routes:\\n- {path: /a, service: a, methods: [TRACE]} | line 2: methods: \"TRACE\" is",
        "routes:\\n- {path: /a, service: a, rewrite: b} | line 2: rewrite: \"b\" is refused",
        "routes:\\n- {path: /a, service: a, rewrite: /../b} | line 2: rewrite: \"/../b\" is refused",
        "routes:\\n- {path: /a, service: a, services: [{service: b, weight: 1}]} | line 2: service and",
        "routes:\\n- {path: /a, services: []} | line 2: services must be a list of at least one",
        "routes:\\n- {path: /a, services: [{service: b}]} | line 2: weight is missing",
        "routes:\\n- {path: /a, services: [{service: b, weight: 0}]} | line 2: at least one weight",
        "routes:\\n- path: /a\\n  services:\\n  - {service: b, weight: 1}\\n  - {service: b, weight: 1} | line 5: b is named twice",
        "routes:\\n- {path: /a, service: a, in_flight: 0} | line 2: in_flight: \"0\" is refused",
        "routes:\\n- {path: /a, service: a, retries: 11} | line 2: retries: \"11\" is refused",
        "routes:\\n- {path: /a, service: a, rate_limit: 5} | line 2: expected the fields rate, burst",
        "routes:\\n- {path: /a, service: a, rate_limit: {rate: 5, burst: 1}} | line 2: rate: \"5\" is",
        "routes:\\n- {path: /a, service: a, rate_limit: {rate: 5/s}} | line 2: burst is missing",
        "routes:\\n- {path: a, service: a} | line 2: path: \"a\" is refused; accepted is a path",
        "routes:\\n- {path: /a/, service: a} | line 2: path: \"/a/\" is refused",
        "routes:\\n- {path: /a//b, service: a} | line 2: path: \"/a//b\" is refused",
        "routes:\\n- {path: /a, service: A_B} | line 2: service: \"A_B\" is refused",
        "routes:\\n- {path: /a, service: a, body_limit: 1MB} | line 2: body_limit: \"1MB\" is",
        "routes:\\n- {path: /a, service: a, body_limit: -1} | line 2: body_limit: \"-1\" is refused",
        "routes:\\n- {path: /a, service: a, first_byte: none} | line 2: first_byte: \"none\" is",
        "routes:\\n- {path: /a, service: a, exchange: 0s} | line 2: exchange: \"0s\" is refused",
        "routes:\\n- {path: /a, service: a, timeout: 1s} | line 2: unknown field \"timeout\"; known",
        "routes:\\n- {path: /a, service: a, service: b} | line 2: service is given twice",
        "checks: []| line 1: checks must be a list of at least one check",
        "checks:\\n- {service: a}| line 2: path is missing; accepted is a path such as /health",
        "checks:\\n- {service: a, path: /a}\\n- {service: a, path: /b} | line 3: a has a check",
        "routes:\\n\\t- x | line 2: ",
        "routes: [ | line 1: ",
      })
  void saysInOneLineWhatIsWrongAndWhere(String text, String reason) {
    assertThatThrownBy(() -> routes(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageStartingWith(reason)
        .message()
        .hasLineCount(1);
  }
}
