package dev.rendezvous.chassis.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
  private final JsonLines lines = new JsonLines("sample-service");

  @Test
  void fieldsStandInTheirOrderAndKeepTheirKinds() {
    var event = event("request", null);
    event.addKeyValuePair(new KeyValuePair("status", 201));
    event.addKeyValuePair(new KeyValuePair("bytes", 5_000_000_000L));
    event.addKeyValuePair(new KeyValuePair("ms", 1.25));
    event.addKeyValuePair(new KeyValuePair("whole", true));
    event.addKeyValuePair(new KeyValuePair("path", "/samples/1"));
    event.addKeyValuePair(new KeyValuePair("nothing", null));

    assertThat(lines.doLayout(event))
        .isEqualTo(
            "{\"time\":\"2026-11-22T21:16:00.980Z\",\"level\":\"INFO\","
                + "\"service\":\"sample-service\",\"logger\":\"access\",\"message\":\"request\","
                + "\"status\":201,\"bytes\":5000000000,\"ms\":1.25,\"whole\":true,"
                + "\"path\":\"/samples/1\",\"nothing\":\"null\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "a\nb\r\t", "\u0000\u001f\u007f", "ä€", "🙂", "\"\\\"", ""})
  void anyTextComesBackAsItWas(String text) {
    var event = event(text, null);
    event.addKeyValuePair(new KeyValuePair(text, text));

    var line = new JsonObject(lines.doLayout(event));

    assertThat(line.getString("message")).isEqualTo(text);
    assertThat(line.getString(text)).isEqualTo(text);
  }

  @Test
  void aLineIsOneLine() {
    assertThat(lines.doLayout(event("one\ntwo", new IllegalStateException("three\nfour"))))
        .containsOnlyOnce("\n")
        .endsWith("}\n");
  }

  @Test
  void halfACharacterDoesNotBreakTheLine() {
    var bytes = lines.doLayout(event("\ud83d", null)).getBytes(StandardCharsets.UTF_8);

    assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\\ud83d");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoNumberInJsonIsText(double number) {
    var event = event("x", null);
    event.addKeyValuePair(new KeyValuePair("value", number));

    assertThat(new JsonObject(lines.doLayout(event)).getString("value"))
        .isEqualTo(String.valueOf(number));
  }

  @ParameterizedTest
  @CsvSource({"0, 000", "7000000, 007", "45999999, 045", "999999999, 999"})
  void timesHaveThreeDigitsOfASecond(int nanos, String millis) {
    var event = event("x", null);
    event.setInstant(Instant.ofEpochSecond(1_764_192_000, nanos));

    assertThat(lines.doLayout(event)).contains("\"time\":\"2025-11-26T21:20:00." + millis + "Z\"");
  }

  private static LoggingEvent event(String message, Throwable thrown) {
    var logger = new LoggerContext().getLogger("access");
    var event = new LoggingEvent("", logger, Level.INFO, message, thrown, null);
    event.setInstant(Instant.parse("2026-11-22T21:16:00.980182Z"));
    return event;
  }
}
