package dev.rendezvous.chassis.problem;

import java.util.HashMap;

/** A failure that already knows its answer; carries no stack trace because it is no defect. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** The same failure with a header field more in its answer. */
  public ProblemException with(String header, String value) {
    var headers = new HashMap<>(problem.headers());
    headers.put(header, value);
    return new ProblemException(new Problem(problem.type(), problem.detail(), headers));
  }
}
