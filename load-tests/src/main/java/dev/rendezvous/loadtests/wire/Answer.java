package dev.rendezvous.loadtests.wire;

import java.util.List;
import java.util.Locale;

/**
 * An answer as it came. Texts hold one byte a character.
 *
 * @param status as on the status line
 * @param head status line and fields, each with its line end
 * @param body without the framing of chunks, as far as it has come
 * @param trailers the fields after the last chunk
 * @param complete whether its own framing says that all of it has come
 */
public record Answer(
    int status, String head, String body, List<String> trailers, boolean complete) {
  public Answer {
    trailers = List.copyOf(trailers);
  }

  /** Not the answer yet, but news on the way to it: 100, 103. A 101 is final. */
  public boolean isInterim() {
    return status >= 100 && status < 200 && status != 101;
  }

  /** Not an answer but the end of an HTTP/2 stream or connection with an error. */
  public boolean isReset() {
    return status == 0;
  }

  /** All values of a field, in their order. */
  public List<String> fields(String name) {
    return values(head.lines().skip(1).toList(), name);
  }

  /** All values of a trailer field, in their order. */
  public List<String> trailerFields(String name) {
    return values(trailers, name);
  }

  private static List<String> values(List<String> lines, String name) {
    var prefix = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }
}
