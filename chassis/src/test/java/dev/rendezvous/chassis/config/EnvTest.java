package dev.rendezvous.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvTest {
  private enum Colour {
    RED,
    BLUE
  }

  @Test
  void takesDefaultsForWhatIsNotSetOrEmpty() {
    var loaded =
        Env.read(Map.of("HOST", ""), env -> env.text("HOST", "0.0.0.0") + env.port("PORT", 80));
    assertThat(loaded.config()).isEqualTo("0.0.0.080");
    assertThat(loaded.summary()).isEqualTo("HOST=0.0.0.0 PORT=80");
  }

  @Test
  void collectsEveryErrorBeforeItGivesUp() {
    var variables =
        Map.of("PORT", "70000", "SIZE", "many", "COLOUR", "green", "CA", "/does/not/exist");
    assertThatThrownBy(
            () ->
                Env.read(
                    variables,
                    env ->
                        List.of(
                            env.port("PORT", 80),
                            env.number("SIZE", 1, 1, 9),
                            env.choice("COLOUR", Colour.RED, Colour.class),
                            env.file("CA"),
                            env.required("NAME", "a name", name -> name))))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.errors())
                    .containsExactly(
                        "PORT=70000 is refused; accepted is a whole number from 1 to 65535",
                        "SIZE=many is refused; accepted is a whole number from 1 to 9",
                        "COLOUR=green is refused; accepted is red or blue",
                        "CA=/does/not/exist is refused; accepted is the path of a file that can be read",
                        "NAME is not set; accepted is a name"));
  }

  @Test
  void takesEnumsInAnyCase() {
    assertThat(
            Env.read(
                    Map.of("COLOUR", "Blue"), env -> env.choice("COLOUR", Colour.RED, Colour.class))
                .config())
        .isEqualTo(Colour.BLUE);
  }

  @Test
  void refusesPortsThatAreNone() {
    for (var port : List.of("0", "-1", "65536", "8080 ", "http", "99999999999")) {
      assertThatThrownBy(() -> Env.read(Map.of("PORT", port), env -> env.port("PORT", 80)))
          .as(port)
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void readsASecretFromItsFileAndShowsOnlyThePath(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("password"), "s3cret\n");
    var loaded =
        Env.read(Map.of("FILE", file.toString()), env -> String.valueOf(env.secretFile("FILE")));
    assertThat(loaded.config()).isEqualTo("s3cret");
    assertThat(loaded.summary()).contains(file.toString()).doesNotContain("s3cret");
  }

  @Test
  void masksSecretsInWhatItShowsAndInWhatItRefuses() {
    var loaded =
        Env.read(
            Map.of("URL", "postgresql://u:s3cret@h/d", "CONSUL_HTTP_TOKEN", "s3cret"),
            env -> env.text("URL", "") + env.text("CONSUL_HTTP_TOKEN", ""));
    assertThat(loaded.summary()).isEqualTo("URL=postgresql://u:***@h/d CONSUL_HTTP_TOKEN=***");
    assertThatThrownBy(
            () ->
                Env.read(
                    Map.of("URL", "x://u:s3cret@h"),
                    env -> env.required("URL", "another", EnvTest::refuse)))
        .hasMessageNotContaining("s3cret")
        .hasMessageContaining("x://u:***@h");
  }

  @Test
  void masksUpToTheLastAtAndWithoutAScheme() {
    var masked =
        Map.of(
            "user:s3cret@host/db", "user:***@host/db",
            "postgresql://u:p@s3cret@h/db", "postgresql://u:***@h/db",
            "postgresql://u@x:s3cret@h/db", "postgresql://u@x:***@h/db",
            "postgresql://u:s3/cret@h/db", "postgresql://u:***@h/db",
            "postgresql:u:s3cret@h/db", "postgresql:***@h/db",
            "postgresql://h/d?user=u&password=s3cret&x=1",
                "postgresql://h/d?user=u&password=***&x=1",
            "host=h password=s3cret", "host=h password=***",
            "http://gateway:8080", "http://gateway:8080",
            "postgresql://u@h:5432/db", "postgresql://u@h:5432/db");
    masked.forEach(
        (given, expected) -> {
          var variables = Map.of("URL", given);
          assertThat(Env.read(variables, env -> env.text("URL", "")).summary())
              .isEqualTo("URL=" + expected);
          assertThatThrownBy(
                  () -> Env.read(variables, env -> env.required("URL", "another", EnvTest::refuse)))
              .hasMessage("URL=" + expected + " is refused; accepted is another");
        });
  }

  @Test
  void masksTheLinesOfOthersThatRefuse() {
    var lines =
        Map.of(
            Map.of("URL", "http://me:s3cret@gw:8080"), "URL=http://me:***@gw:8080 is refused",
            Map.of("URL", "http://me:s3 cret@gw:8080"), "URL=http://me:***@gw:8080 is refused",
            Map.of("TOKEN", "s3cret"), "TOKEN=*** is refused");
    lines.forEach(
        (variables, expected) ->
            assertThatThrownBy(
                    () ->
                        Env.read(
                            variables,
                            env -> {
                              variables.forEach(
                                  (name, value) -> {
                                    env.text(name, "");
                                    env.refuse(name + "=" + value + " is refused");
                                  });
                              return "";
                            }))
                .hasMessage(expected));
    assertThatThrownBy(
            () ->
                Env.read(
                    Map.of(),
                    env -> {
                      env.refuse("FILE=/f is refused: line 2: 'x://u:s3cret@h' is not an @address");
                      return "";
                    }))
        .hasMessage("FILE=/f is refused: line 2: 'x://u:***@h' is not an @address");
  }

  @Test
  void passesOnDefectsOfTheReaderItself() {
    assertThatThrownBy(
            () ->
                Env.<String>read(
                    Map.of(),
                    env -> {
                      throw new IllegalStateException("defect");
                    }))
        .hasMessage("defect");
  }

  private static String refuse(String text) {
    throw new IllegalArgumentException(text);
  }
}
