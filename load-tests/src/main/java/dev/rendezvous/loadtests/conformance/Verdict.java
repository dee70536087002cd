package dev.rendezvous.loadtests.conformance;

/**
 * What came of one case with one proxy.
 *
 * @param outcome in a word
 * @param detail what was expected and what was seen, empty where it passed
 */
public record Verdict(Outcome outcome, String detail) {

  /** In a word. */
  public enum Outcome {
    PASS,
    FAIL,
    /** The proxy does not offer what the case is about, or a tool is missing. */
    NOT_RUN
  }

  /** Nothing to say. */
  public static final Verdict PASSED = new Verdict(Outcome.PASS, "");

  /** With what was expected and what was seen. */
  public static Verdict failed(String detail) {
    return new Verdict(Outcome.FAIL, detail);
  }

  /** With the reason. */
  public static Verdict notRun(String reason) {
    return new Verdict(Outcome.NOT_RUN, reason);
  }

  public boolean failed() {
    return outcome == Outcome.FAIL;
  }
}
