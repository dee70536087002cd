package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The JSON object that a request carries, read strictly: what is not known is refused. */
public final class JsonBody {
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");

  private final Map<String, Object> fields;

  private JsonBody(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads the body of a request.
   *
   * @param names the fields that it may have
   * @throws ProblemException 415, or 400 for text that is no JSON object or has another field
   */
  public static JsonBody of(RoutingContext context, String... names) {
    checkMediaType(context);
    var buffer = context.body().buffer();
    var fields = JsonFields.parse(buffer == null ? new byte[0] : buffer.getBytes());
    if (!Set.of(names).containsAll(fields.keySet())) {
      // The name is not repeated back: it may hold anything, unpaired surrogates included.
      throw StandardProblems.INVALID_FIELD.because(
          "there is a field besides " + String.join(", ", names));
    }
    return new JsonBody(fields);
  }

  private static void checkMediaType(RoutingContext context) {
    var headers = context.request().headers();
    var types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() != 1
        || !JSON.matcher(types.get(0).strip().toLowerCase(Locale.ROOT)).matches()
        || headers.contains(HttpHeaders.CONTENT_ENCODING)) {
      throw StandardProblems.UNSUPPORTED_MEDIA_TYPE
          .because("Content-Type must be application/json, in UTF-8 and without an encoding")
          .with("Accept", "application/json");
    }
  }

  /**
   * A text of 1 to {@code most} characters (Unicode code points) after trimming, one of them at
   * least visible, without control characters and unpaired surrogates.
   */
  public String text(String field, int most) {
    if (!(fields.get(field) instanceof String text)) {
      throw StandardProblems.INVALID_FIELD.because(field + " must be a string");
    }
    var trimmed = text.strip();
    var length = trimmed.codePointCount(0, trimmed.length());
    if (length < 1 || length > most || trimmed.codePoints().allMatch(JsonBody::invisible)) {
      throw StandardProblems.INVALID_FIELD.because(
          "%s must have 1 to %d characters after trimming".formatted(field, most));
    }
    if (trimmed.codePoints().anyMatch(JsonBody::unprintable)) {
      throw StandardProblems.INVALID_FIELD.because(
          field + " must not have control characters or unpaired surrogates");
    }
    return trimmed;
  }

  /** An id: a whole number from 1 to 2⁶³−1. */
  public long id(String field) {
    var value = fields.get(field);
    if (value instanceof Integer || value instanceof Long) {
      var id = ((Number) value).longValue();
      if (id > 0) {
        return id;
      }
    }
    throw StandardProblems.INVALID_FIELD.because(
        field + " must be a whole number from 1 to " + Long.MAX_VALUE);
  }

  private static boolean invisible(int codePoint) {
    var type = Character.getType(codePoint);
    return type == Character.FORMAT || type == Character.SPACE_SEPARATOR || unprintable(codePoint);
  }

  private static boolean unprintable(int codePoint) {
    var type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
