package dev.rendezvous.chassis.problem;

/** The failures that every HTTP API of ours can answer with. */
public final class StandardProblems {
  public static final ProblemType MALFORMED_REQUEST =
      new ProblemType("malformed-request", 400, "The request is not valid HTTP");
  public static final ProblemType MALFORMED_JSON =
      new ProblemType("malformed-json", 400, "The body is not a JSON object");
  public static final ProblemType INVALID_FIELD =
      new ProblemType("invalid-field", 400, "A field of the body is not acceptable");
  public static final ProblemType INVALID_PARAMETER =
      new ProblemType("invalid-parameter", 400, "A parameter of the request is not acceptable");
  public static final ProblemType INVALID_HEADER =
      new ProblemType("invalid-header", 400, "A header field is not acceptable");
  public static final ProblemType UNKNOWN_PATH =
      new ProblemType("unknown-path", 404, "There is nothing at this path");
  public static final ProblemType METHOD_NOT_ALLOWED =
      new ProblemType("method-not-allowed", 405, "The resource does not offer this method");
  public static final ProblemType REQUEST_TIMEOUT =
      new ProblemType("request-timeout", 408, "The request did not arrive in time");
  public static final ProblemType KEY_IN_USE =
      new ProblemType("idempotency-key-in-use", 409, "A request with this key is still running");
  public static final ProblemType PRECONDITION_FAILED =
      new ProblemType("precondition-failed", 412, "The resource has changed");
  public static final ProblemType BODY_TOO_LARGE =
      new ProblemType("body-too-large", 413, "The body is too large");
  public static final ProblemType URI_TOO_LONG =
      new ProblemType("uri-too-long", 414, "The request line is too long");
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      new ProblemType("unsupported-media-type", 415, "The body is not declared as JSON");
  public static final ProblemType EXPECTATION_FAILED =
      new ProblemType("expectation-failed", 417, "The expectation cannot be met");
  public static final ProblemType MISDIRECTED =
      new ProblemType("misdirected-request", 421, "The request is meant for another service");
  public static final ProblemType KEY_REUSED =
      new ProblemType("idempotency-key-reused", 422, "The key was used with another body");
  public static final ProblemType HEADERS_TOO_LARGE =
      new ProblemType("headers-too-large", 431, "The header fields are too large");
  public static final ProblemType INTERNAL_ERROR =
      new ProblemType("internal-error", 500, "The service failed");
  public static final ProblemType DATABASE_UNAVAILABLE =
      new ProblemType("database-unavailable", 503, "The database does not answer");
  public static final ProblemType OVERLOADED =
      new ProblemType("overloaded", 503, "The service has too much to do");
  public static final ProblemType DEADLINE_EXCEEDED =
      new ProblemType("deadline-exceeded", 503, "The service did not finish in time");

  private StandardProblems() {}
}
