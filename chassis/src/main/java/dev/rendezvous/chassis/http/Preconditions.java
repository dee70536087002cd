package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/**
 * The conditions of a request (RFC 9110 section 13) over strong entity tags made of a row's
 * version.
 *
 * @param ifMatch the tags of {@code If-Match}; empty when the field is not there
 * @param ifNoneMatch the tags of {@code If-None-Match}; empty when the field is not there
 */
public record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {
  /**
   * Reads both fields.
   *
   * @throws ProblemException 400 for a field without a tag, which would otherwise be no condition
   */
  public static Preconditions of(HttpServerRequest request) {
    return new Preconditions(
        tags(request, HttpHeaders.IF_MATCH), tags(request, HttpHeaders.IF_NONE_MATCH));
  }

  public static String etag(int version) {
    return "\"" + version + "\"";
  }

  /**
   * For a request that reads: whether its client has this version already, which means 304.
   *
   * @throws ProblemException 412 when {@code If-Match} lost
   */
  public boolean isFresh(int version) {
    checkMatch(version);
    return noneMatchNames(version);
  }

  /**
   * For a request that changes something.
   *
   * @throws ProblemException 412 when the resource has another version than the request demands
   */
  public void check(int version) {
    checkMatch(version);
    if (noneMatchNames(version)) {
      throw lost(version);
    }
  }

  /** Compared strongly (section 13.1.1). */
  private void checkMatch(int version) {
    if (!ifMatch.isEmpty() && !ifMatch.contains("*") && !ifMatch.contains(etag(version))) {
      throw lost(version);
    }
  }

  /** Compared weakly (section 13.1.2). */
  private boolean noneMatchNames(int version) {
    return ifNoneMatch.contains("*")
        || ifNoneMatch.contains(etag(version))
        || ifNoneMatch.contains("W/" + etag(version));
  }

  private static ProblemException lost(int version) {
    return StandardProblems.PRECONDITION_FAILED
        .because("the resource is not what the request demands")
        .with("ETag", etag(version));
  }

  private static List<String> tags(HttpServerRequest request, CharSequence header) {
    var values = request.headers().getAll(header);
    var tags =
        values.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .toList();
    if (tags.isEmpty() && !values.isEmpty()) {
      throw StandardProblems.INVALID_HEADER.because(header + " must name an entity tag");
    }
    return tags;
  }
}
