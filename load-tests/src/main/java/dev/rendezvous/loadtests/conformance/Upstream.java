package dev.rendezvous.loadtests.conformance;

import dev.rendezvous.loadtests.backend.ReceivedRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the first request must be that reaches the service. */
public final class Upstream {
  private Upstream() {}

  /** Something about it. */
  public static Expectation request(String text, Predicate<ReceivedRequest> holds) {
    return new Expectation("upstream " + text, seen -> seen.request().filter(holds).isPresent());
  }

  /** It has this field with this value, once. */
  public static Expectation field(String name, String value) {
    return request(name + ": " + value, got -> got.fields(name).equals(List.of(value)));
  }

  /** It has none of these fields. */
  public static Expectation noField(String... names) {
    return request(
        "no " + String.join(", ", names),
        got -> Stream.of(names).allMatch(name -> got.fields(name).isEmpty()));
  }

  /** No value of this field has that in it. */
  public static Expectation fieldWithout(String name, String text) {
    return request(
        name + " without " + text,
        got -> got.fields(name).stream().noneMatch(value -> value.contains(text)));
  }

  /** A value of this field has that in it, whatever the case. */
  public static Expectation fieldWith(String name, String text) {
    return request(
        name + " with " + text,
        got ->
            got.fields(name).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text)));
  }

  /** Its target ends with this. */
  public static Expectation targetEnds(String end) {
    return request("target …" + end, got -> got.target().endsWith(end));
  }

  /** Its target has this nowhere, whatever the case. */
  public static Expectation targetWithout(String text) {
    return request(
        "target without " + text,
        got -> !got.target().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
  }

  /** Its body, all of it, whatever the framing. */
  public static Expectation body(String body) {
    return request(
        "body of " + body.length() + " B", got -> got.isComplete() && got.body().equals(body));
  }

  /** No request that reached the service has this in its head, whatever the case. */
  public static Expectation never(String text) {
    return new Expectation(
        "\"" + text + "\" never upstream",
        seen ->
            seen.upstream().stream()
                .noneMatch(
                    got ->
                        got.head()
                            .toLowerCase(Locale.ROOT)
                            .contains(text.toLowerCase(Locale.ROOT))));
  }

  /** The service sees that nobody waits for its answer. */
  public static Expectation aborted() {
    return request("cancelled", ReceivedRequest::isAborted);
  }
}
