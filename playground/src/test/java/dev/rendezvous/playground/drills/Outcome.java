package dev.rendezvous.playground.drills;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of one request.
 *
 * @param request its method and path, for people
 * @param sentAt by {@link System#nanoTime}
 * @param status the answer's, or 0 where none came
 * @param body the answer's, or what went wrong
 * @param link the answer's {@code Link} header, or nothing
 */
record Outcome(String request, long sentAt, Duration took, int status, String body, String link) {

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"?next");

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  boolean isRead() {
    return request.startsWith("GET ");
  }

  long answeredAt() {
    return sentAt + took.toNanos();
  }

  /** Where the next page is, as the answer says it. */
  Optional<String> next() {
    Matcher matcher = NEXT.matcher(link);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
