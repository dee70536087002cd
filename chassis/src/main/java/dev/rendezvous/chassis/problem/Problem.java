package dev.rendezvous.chassis.problem;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * One failed request, as its client sees it (RFC 9457).
 *
 * @param headers header fields of the answer that belong to the failure, such as {@code Allow}
 */
public record Problem(ProblemType type, String detail, Map<String, String> headers) {
  /** RFC 9457 section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  public Problem {
    headers = Map.copyOf(headers);
  }

  /**
   * The body of the answer.
   *
   * @param instance the path of the request
   * @param traceId the trace that the request belongs to, as the log names it
   */
  public JsonObject toJson(String instance, String traceId) {
    return new JsonObject()
        .put("type", type.uri())
        .put("title", type.title())
        .put("status", type.status())
        .put("detail", detail)
        .put("instance", instance)
        .put("trace_id", traceId);
  }
}
