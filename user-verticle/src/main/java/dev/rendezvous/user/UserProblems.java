package dev.rendezvous.user;

import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.ProblemType;

/** The failures that are this service's own. */
final class UserProblems {
  static final ProblemType USER_NOT_FOUND =
      new ProblemType("user-not-found", 404, "There is no such user");

  private UserProblems() {}

  static ProblemException notFound(long id) {
    return USER_NOT_FOUND.because("there is no user " + id);
  }
}
