package dev.rendezvous.loadtests.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of one request.
 *
 * @param request its method and URL, for people
 * @param sentAt by {@link System#nanoTime}
 * @param status the answer's, or 0 where none came
 * @param refused whether there was nobody to connect to
 * @param body the answer's, or what went wrong
 * @param link the answer's {@code Link} header, or nothing
 */
public record Outcome(
    String request,
    long sentAt,
    Duration took,
    int status,
    boolean refused,
    String body,
    String link) {

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"?next");
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

  public boolean succeeded() {
    return status >= 200 && status < 300;
  }

  public boolean isRead() {
    return request.startsWith("GET ");
  }

  public long answeredAt() {
    return sentAt + took.toNanos();
  }

  /** Where the next page is, as the answer says it. */
  public Optional<String> next() {
    Matcher matcher = NEXT.matcher(link);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The id of what the answer shows: the first in its JSON. */
  public long id() {
    Matcher matcher = ID.matcher(body);
    if (!matcher.find()) {
      throw new IllegalStateException("no id in " + this);
    }
    return Long.parseLong(matcher.group(1));
  }
}
