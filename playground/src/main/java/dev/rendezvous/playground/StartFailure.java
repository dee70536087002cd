package dev.rendezvous.playground;

/** The system, or a part of it, did not start; the message is for people and says what to do. */
public final class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
