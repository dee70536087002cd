package dev.rendezvous.loadtests.drills;

/** A drill could not be carried out, so that it has no figures; the message is for people. */
public final class DrillFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DrillFailure(String message) {
    super(message);
  }
}
