package dev.rendezvous.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.testing.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no proper client sends, byte by byte. */
class UserWireIT {
  private static final String HOST = "Host: localhost\r\n";

  private static Database database;
  private static UserService service;

  @BeforeAll
  static void start() {
    database = Database.start();
    service = UserService.start(database);
    service.awaitReady();
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /users/%zz HTTP/1.1, 400 malformed-request",
    "GET /users/ HTTP/1.1, 404 unknown-path",
    "GET //users HTTP/1.1, 404 unknown-path",
    "GET /users/./1 HTTP/1.1, 404 unknown-path",
    "GET /users/%2e%2e/users HTTP/1.1, 404 unknown-path",
    "GET /users/01 HTTP/1.1, 400 invalid-parameter",
    "POST /openapi.yaml HTTP/1.1, 405 method-not-allowed",
  })
  void answersAnOddTargetWithAProblem(String line, String problem) throws IOException {
    assertThat(problem(exchange(line + "\r\n" + HOST + "\r\n"))).isEqualTo(problem);
  }

  @Test
  void refusesTwoHosts() throws IOException {
    assertThat(problem(exchange("GET /users HTTP/1.1\r\n" + HOST + HOST + "\r\n")))
        .isEqualTo("400 malformed-request");
  }

  @Test
  void refusesAHeadThatIsTooLarge() throws IOException {
    var line = "GET /users?" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n";
    assertThat(problem(exchange(line))).isEqualTo("414 uri-too-long");
    var field = "GET /users HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(17_000) + "\r\n\r\n";
    assertThat(problem(exchange(field))).isEqualTo("431 headers-too-large");
  }

  @Test
  void refusesTwoLengths() throws IOException {
    assertThat(problem(post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")))
        .isEqualTo("400 malformed-request");
  }

  @Test
  void meetsOneExpectationAndNoOther() throws IOException {
    var body = "{\"name\":\"Expected\"}";
    var answer = post("Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n", body);
    assertThat(answer.split("HTTP/1.1 100 Continue", -1)).hasSize(2);
    assertThat(answer).contains("HTTP/1.1 201 Created");
    assertThat(problem(post("Expect: wonders\r\nContent-Length: 2\r\n", "{}")))
        .isEqualTo("417 expectation-failed");
    var tooLarge = post("Expect: 100-continue\r\nContent-Length: 1000000\r\n", "");
    assertThat(tooLarge).doesNotContain("100 Continue");
    assertThat(problem(tooLarge)).isEqualTo("413 body-too-large");
  }

  @Test
  void blamesTheClientForABodyThatDoesNotCome() throws IOException {
    assertThat(problem(post("Content-Length: 20\r\n", "{\"name\":")))
        .isEqualTo("408 request-timeout");
  }

  private static String post(String fields, String body) throws IOException {
    return exchange(
        "POST /users HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\n"
            + fields
            + "\r\n"
            + body);
  }

  /** All that comes back until there is a whole final answer, or the service hangs up. */
  private static String exchange(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var in = socket.getInputStream();
      var answer = new StringBuilder();
      var buffer = new byte[8_192];
      while (!isWhole(answer.toString())) {
        var read = in.read(buffer);
        if (read < 0) {
          break;
        }
        answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }

  private static boolean isWhole(String answer) {
    var last = answer.replaceFirst("^HTTP/1.1 100 Continue\r\n\r\n", "");
    return last.startsWith("HTTP/1.") && last.endsWith("}");
  }

  private static String problem(String answer) {
    return answer.replaceFirst(
        "(?s)^HTTP/1.[01] (\\d+) .*\"type\":\"/problems/([a-z-]+)\".*$", "$1 $2");
  }
}
