package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFileTest {

  @Test
  void readsWhatIsGivenAndFillsInTheRest() throws Exception {
    var table =
        RouteFile.parse(
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
    assertThat(table.find("/users")).isEqualTo(new Route("/users", "user-service"));
    assertThat(table.find("/files"))
        .isEqualTo(
            new Route("/files", "file-service", 2L << 30, Duration.ofMillis(500), Route.FOREVER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | line 1: the file is empty",
        "[] | line 1: expected the fields routes",
        "routes: [] | line 1: routes must be a list of at least one route",
        "server: {} | line 1: unknown field \"server\"; known: routes",
        "routes:\\n- {path: /a} | line 2: service is missing; accepted is a name such as",
        "routes:\\n- {service: a} | line 2: path is missing; accepted is a path such as /users",
        "routes:\\n- {path: /a, service: a}\\n- {path: /a, service: b} | line 3: the path /a has",
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
        "routes:\\n\\t- x | line 2: ",
        "routes: [ | line 1: ",
      })
  void saysInOneLineWhatIsWrongAndWhere(String text, String reason) {
    assertThatThrownBy(() -> RouteFile.parse(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(RouteFile.Invalid.class)
        .hasMessageStartingWith(reason)
        .message()
        .hasLineCount(1);
  }
}
