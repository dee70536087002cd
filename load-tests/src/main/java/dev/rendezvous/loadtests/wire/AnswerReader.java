package dev.rendezvous.loadtests.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts what came over a connection into answers, by RFC 9112 section 6.3. */
final class AnswerReader {
  private final String text;
  private final boolean ended;
  private final boolean toHead;
  private int at;

  private AnswerReader(String text, boolean ended, boolean toHead) {
    this.text = text;
    this.ended = ended;
    this.toHead = toHead;
  }

  /**
   * Reads as many answers as there are; the last may be incomplete.
   *
   * @param ended whether nothing more will come
   * @param toHead whether the requests were HEAD, so that no answer has a body
   */
  static List<Answer> read(String text, boolean ended, boolean toHead) {
    var reader = new AnswerReader(text, ended, toHead);
    var answers = new ArrayList<Answer>();
    Answer answer;
    do {
      answer = reader.next();
      if (answer != null) {
        answers.add(answer);
      }
    } while (answer != null && answer.complete());
    return answers;
  }

  private @Nullable Answer next() {
    var end = text.indexOf("\r\n\r\n", at);
    if (end < 0 || !text.startsWith("HTTP/1.", at)) {
      return null;
    }
    var head = text.substring(at, end + 2);
    at = end + 4;
    var bare = new Answer(status(head), head, "", List.of(), true);
    if (bare.status() < 200 || bare.status() == 204 || bare.status() == 304 || toHead) {
      return bare;
    }
    if (!bare.fields("transfer-encoding").isEmpty()) {
      return chunked(bare);
    }
    var length = bare.fields("content-length");
    return length.isEmpty() ? untilEnd(bare) : counted(bare, Integer.parseInt(length.get(0)));
  }

  private static int status(String head) {
    var digits = head.length() < 12 ? "" : head.substring(9, 12);
    return digits.matches("\\d{3}") ? Integer.parseInt(digits) : 0;
  }

  private Answer untilEnd(Answer bare) {
    var body = text.substring(at);
    at = text.length();
    return new Answer(bare.status(), bare.head(), body, List.of(), ended);
  }

  private Answer counted(Answer bare, int length) {
    var end = Math.min(text.length(), at + length);
    var body = text.substring(at, end);
    at = end;
    return new Answer(bare.status(), bare.head(), body, List.of(), body.length() == length);
  }

  private Answer chunked(Answer bare) {
    var body = new StringBuilder();
    while (true) {
      var line = line();
      if (line == null) {
        return new Answer(bare.status(), bare.head(), body.toString(), List.of(), false);
      }
      var size = Integer.parseInt(line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), 16);
      if (size == 0) {
        return trailers(bare, body.toString());
      }
      var end = Math.min(text.length(), at + size);
      body.append(text, at, end);
      at = Math.min(text.length(), end + 2);
    }
  }

  private Answer trailers(Answer bare, String body) {
    var trailers = new ArrayList<String>();
    while (true) {
      var line = line();
      if (line == null || line.isEmpty()) {
        return new Answer(bare.status(), bare.head(), body, trailers, line != null);
      }
      trailers.add(line);
    }
  }

  private @Nullable String line() {
    var end = text.indexOf("\r\n", at);
    if (end < 0) {
      at = text.length();
      return null;
    }
    var line = text.substring(at, end);
    at = end + 2;
    return line;
  }
}
