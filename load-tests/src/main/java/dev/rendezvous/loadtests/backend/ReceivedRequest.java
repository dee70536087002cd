package dev.rendezvous.loadtests.backend;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request as it reached the service. Texts hold one byte a character. */
public final class ReceivedRequest {
  private final String head;
  private final int attempt;
  private final int usesBefore;
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private boolean complete;
  private boolean aborted;

  ReceivedRequest(String head, int attempt, int usesBefore) {
    this.head = head;
    this.attempt = attempt;
    this.usesBefore = usesBefore;
  }

  /** Request line and fields, each with its line end, without the empty line. */
  public String head() {
    return head;
  }

  /** The request line, without its end. */
  public String line() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** The second word of the request line. */
  public String target() {
    var words = line().split(" ", -1);
    return words.length > 1 ? words[1] : "";
  }

  /** All values of a field, in their order; names differ by more than case. */
  public List<String> fields(String name) {
    var prefix = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /** The first value of a field. */
  public Optional<String> field(String name) {
    return fields(name).stream().findFirst();
  }

  /** Which request it is, among those with the same id: 1 for the first. */
  public int attempt() {
    return attempt;
  }

  /** How many requests its connection had carried before. */
  public int usesBefore() {
    return usesBefore;
  }

  /** The body as it came, with the framing of chunks and trailers. */
  public synchronized String rawBody() {
    return raw.toString();
  }

  /** The body without framing, as far as it has come. */
  public synchronized String body() {
    return body.toString();
  }

  /** Whether head and body have come to their end. */
  public synchronized boolean isComplete() {
    return complete;
  }

  /** Whether the peer went away before it had the answer. */
  public synchronized boolean isAborted() {
    return aborted;
  }

  synchronized void addRaw(String text) {
    raw.append(text);
  }

  synchronized void addBody(String text) {
    body.append(text);
  }

  synchronized void completed() {
    complete = true;
  }

  synchronized void abandoned() {
    aborted = true;
  }
}
