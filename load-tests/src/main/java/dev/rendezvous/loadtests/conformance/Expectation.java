package dev.rendezvous.loadtests.conformance;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that must be seen.
 *
 * @param text what it is, for the table
 * @param holds whether it is
 */
public record Expectation(String text, Predicate<Observation> holds) {

  /** Whether both sides have seen it. */
  public boolean isMetBy(Observation observation) {
    return holds.test(observation);
  }

  /** Any of these will do, because the standard leaves the choice. */
  public static Expectation oneOf(Expectation... choices) {
    var all = List.of(choices);
    return new Expectation(
        join(all, " or "), seen -> all.stream().anyMatch(choice -> choice.isMetBy(seen)));
  }

  /** All of these together, as one of several choices. */
  public static Expectation all(Expectation... parts) {
    var all = List.of(parts);
    return new Expectation(
        "(" + join(all, " and ") + ")", seen -> all.stream().allMatch(part -> part.isMetBy(seen)));
  }

  private static String join(List<Expectation> all, String word) {
    return all.stream().map(Expectation::text).collect(Collectors.joining(word));
  }

  /** The final answer has one of these statuses. */
  public static Expectation status(Integer... accepted) {
    var all = List.of(accepted);
    return new Expectation(
        "status " + all.stream().map(String::valueOf).collect(Collectors.joining("/")),
        seen -> seen.answer().filter(answer -> all.contains(answer.status())).isPresent());
  }

  /** A refusal: a 4xx or 5xx of the proxy, or the connection closed without an answer. */
  public static Expectation refused() {
    return new Expectation(
        "refused",
        seen ->
            seen.answer().isPresent()
                ? seen.answer().get().status() >= 400 || seen.answer().get().isReset()
                : seen.closed());
  }

  /** A refusal that the service has not heard of. */
  public static Expectation refusedAtTheEdge() {
    return all(refused(), nothingUpstream());
  }

  /** The proxy ends the connection. */
  public static Expectation closed() {
    return new Expectation("connection closed", Observation::closed);
  }

  /** The proxy leaves the connection open. */
  public static Expectation open() {
    return new Expectation("connection open", seen -> !seen.closed());
  }

  /** Exactly so many final answers. */
  public static Expectation answers(int count) {
    return new Expectation(count + " answers", seen -> seen.finals().size() == count);
  }

  /** The answer is whole. */
  public static Expectation body(String body) {
    return new Expectation(
        "body \"" + abridged(body) + "\"",
        seen ->
            seen.answer()
                .filter(answer -> answer.complete() && answer.body().equals(body))
                .isPresent());
  }

  /** The answer has this field with this value, once. */
  public static Expectation field(String name, String value) {
    return new Expectation(
        name + ": " + value,
        seen ->
            seen.answer().filter(answer -> answer.fields(name).equals(List.of(value))).isPresent());
  }

  /** The answer has none of these fields. */
  public static Expectation noField(String... names) {
    return new Expectation(
        "no " + String.join(", ", names),
        seen ->
            seen.answer().isPresent()
                && Stream.of(names).allMatch(name -> seen.answer().get().fields(name).isEmpty()));
  }

  /** Nothing reached the service. */
  public static Expectation nothingUpstream() {
    return new Expectation("nothing sent upstream", seen -> seen.upstream().isEmpty());
  }

  /** So many requests reached the service. */
  public static Expectation upstreamRequests(int count) {
    return new Expectation(count + " upstream", seen -> seen.upstream().size() == count);
  }

  private static String abridged(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
