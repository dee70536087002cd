package dev.rendezvous.chassis.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.StandardProblems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of one JSON object as RFC 8259 has it, and nothing more: no comments, no second field
 * of the same name, no text after its end, UTF-8 without a mark. Vert.x's own decoder forgives all
 * of those, and guesses UTF-16.
 */
final class JsonFields {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Stands for a value that no field of ours can have. */
  private static final Object OTHER = new Object();

  private JsonFields() {}

  /**
   * Parses a body.
   *
   * @return strings as {@code String}, whole numbers as the smallest of Jackson's types, the rest
   *     as something that is neither
   * @throws ProblemException 400
   */
  static Map<String, Object> parse(byte[] body) {
    try (var parser = FACTORY.createParser(text(body))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw StandardProblems.MALFORMED_JSON.because("the body must be a JSON object");
      }
      var fields = new LinkedHashMap<String, Object>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.put(parser.currentName(), value(parser));
      }
      if (parser.nextToken() != null) {
        throw StandardProblems.MALFORMED_JSON.because("there is text after the JSON object");
      }
      return fields;
    } catch (IOException e) {
      throw StandardProblems.MALFORMED_JSON.because("the body is not well-formed JSON in UTF-8");
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    var token = parser.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getNumberValue();
    }
    parser.skipChildren();
    return OTHER;
  }

  private static String text(byte[] body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(body))
        .toString();
  }
}
