package dev.rendezvous.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Standard output, listened to for a while. */
final class Output implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  Output() {
    System.setOut(new PrintStream(heard, true, UTF_8));
  }

  void await(String text) throws Exception {
    RunningGateway.await("'" + text + "' is logged", () -> text().contains(text));
  }

  String text() {
    return heard.toString(UTF_8);
  }

  List<JsonObject> lines(String containing) {
    return text().lines().filter(line -> line.contains(containing)).map(JsonObject::new).toList();
  }

  /** The access log's line of the one request to this path, waited for. */
  JsonObject access(String path) throws Exception {
    var ofPath = "\"path\":\"" + path + "\"";
    await(ofPath);
    return lines(ofPath).get(0);
  }

  /** The access line of a cause, waited for. */
  JsonObject awaitCause(String cause) throws Exception {
    var text = "\"cause\":\"" + cause + "\"";
    await(text);
    return lines(text).get(0);
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
