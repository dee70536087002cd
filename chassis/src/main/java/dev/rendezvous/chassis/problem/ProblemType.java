package dev.rendezvous.chassis.problem;

/**
 * A kind of failure that clients can tell apart, documented in {@code docs/problems.md}.
 *
 * @param slug the last segment of its URI
 * @param status the HTTP status that it is answered with
 * @param title the same words for each occurrence (RFC 9457 section 3.1.3)
 */
public record ProblemType(String slug, int status, String title) {
  /** The value of the problem's {@code type}, relative to the service that answers. */
  public String uri() {
    return "/problems/" + slug;
  }

  /** This failure, with what is particular to one occurrence; it must name nothing internal. */
  public ProblemException because(String detail) {
    return new ProblemException(new Problem(this, detail));
  }
}
