package dev.rendezvous.loadtests.compare;

/** The comparison is worth nothing and ends; the message is for people. */
final class RunFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunFailure(String message) {
    super(message);
  }

  RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
