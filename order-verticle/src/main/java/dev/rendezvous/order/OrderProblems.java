package dev.rendezvous.order;

import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.ProblemType;

/** The failures that are this service's own. */
final class OrderProblems {
  static final ProblemType ORDER_NOT_FOUND =
      new ProblemType("order-not-found", 404, "There is no such order");
  static final ProblemType UNKNOWN_USER =
      new ProblemType("unknown-user", 422, "The order is for a user that does not exist");
  static final ProblemType USER_SERVICE_UNAVAILABLE =
      new ProblemType("user-service-unavailable", 503, "The user service cannot be reached");
  static final ProblemType USER_SERVICE_TIMEOUT =
      new ProblemType("user-service-timeout", 504, "The user service did not answer in time");

  private OrderProblems() {}

  static ProblemException notFound(long id) {
    return ORDER_NOT_FOUND.because("there is no order " + id);
  }

  static ProblemException unknownUser(long id) {
    return UNKNOWN_USER.because("there is no user " + id);
  }

  static ProblemException userServiceUnavailable() {
    return USER_SERVICE_UNAVAILABLE
        .because("nothing was stored; try again")
        .with("Retry-After", "1");
  }

  static ProblemException userServiceTimeout() {
    return USER_SERVICE_TIMEOUT.because("nothing was stored; try again");
  }
}
