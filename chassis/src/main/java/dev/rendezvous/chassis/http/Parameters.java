package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters in the path and the query of a request, read strictly. */
public final class Parameters {
  private final MultiMap query;

  private Parameters(MultiMap query) {
    this.query = query;
  }

  /**
   * Reads the query of a request.
   *
   * @param names all that it may have, each at most once
   * @throws ProblemException 400 for any other, for a repeated one, and for bad percent-encoding
   */
  public static Parameters of(RoutingContext context, String... names) {
    MultiMap query;
    try {
      query = context.queryParams();
    } catch (RuntimeException e) {
      throw StandardProblems.INVALID_PARAMETER.because("the query is not well encoded");
    }
    var known = List.of(names);
    for (var name : query.names()) {
      if (!known.contains(name)) {
        throw StandardProblems.INVALID_PARAMETER.because(
            known.isEmpty()
                ? "the query must be empty"
                : "the query has a parameter besides " + String.join(", ", Arrays.asList(names)));
      }
      if (query.getAll(name).size() > 1) {
        throw StandardProblems.INVALID_PARAMETER.because(name + " must be given once");
      }
    }
    return new Parameters(query);
  }

  /**
   * Refuses any query.
   *
   * @throws ProblemException 400
   */
  public static void none(RoutingContext context) {
    of(context);
  }

  /** The id in the path: a whole number from 1 to 2⁶³−1, in decimal digits. */
  public static long pathId(RoutingContext context) {
    return positive(context.pathParam("id")).orElseThrow(() -> notAnId("the id in the path"));
  }

  public @Nullable String text(String name) {
    return query.get(name);
  }

  /** An id, if it is given. */
  public OptionalLong id(String name) {
    var text = query.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    var id = positive(text);
    if (id.isEmpty()) {
      throw notAnId(name);
    }
    return id;
  }

  /** A whole number from {@code least} to {@code most}, with a default. */
  public int number(String name, int fallback, int least, int most) {
    var text = query.get(name);
    if (text == null) {
      return fallback;
    }
    var number = positive(text);
    if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > most) {
      throw StandardProblems.INVALID_PARAMETER.because(
          "%s must be a whole number from %d to %d".formatted(name, least, most));
    }
    return (int) number.getAsLong();
  }

  private static ProblemException notAnId(String name) {
    return StandardProblems.INVALID_PARAMETER.because(
        name + " must be a whole number from 1 to " + Long.MAX_VALUE);
  }

  /**
   * Only ASCII digits: {@code Long.parseLong} alone would take a sign and other scripts' digits.
   */
  private static OptionalLong positive(@Nullable String text) {
    if (text == null || !text.matches("[1-9][0-9]{0,18}")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
