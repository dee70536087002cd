package dev.rendezvous.chassis.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers when it succeeds; failures are problems.
 *
 * @param body null where the status forbids one
 */
public record Answer(int status, Map<String, String> headers, @Nullable Buffer body) {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  public static Answer ok(JsonObject body) {
    return new Answer(200, JSON, body.toBuffer());
  }

  /** RFC 9110 section 15.3.2: where the new resource is, and what it looks like. */
  public static Answer created(String location, JsonObject body) {
    return new Answer(201, JSON, body.toBuffer()).with("Location", location);
  }

  public static Answer noContent() {
    return new Answer(204, Map.of(), null);
  }

  public static Answer notModified() {
    return new Answer(304, Map.of(), null);
  }

  /** The same answer with a header field more. */
  public Answer with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }
}
