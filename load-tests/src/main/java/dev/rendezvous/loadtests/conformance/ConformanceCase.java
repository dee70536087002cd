package dev.rendezvous.loadtests.conformance;

import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.wire.Http2Frames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule, the bytes that try it, and what must be seen on both sides.
 *
 * @param id lower-case letters, digits and hyphens; unique
 * @param rule a sentence
 * @param source the section that asks for it, or the reason for a choice of ours
 * @param own whether it is our choice among those that the standard leaves; counted apart
 * @param prefix of the path: the route that is meant
 * @param http2 whether the client speaks HTTP/2 in clear text, with prior knowledge
 * @param steps what the client does
 * @param answers how many final answers end the waiting
 * @param script what the service does; null for a plain 200
 * @param patience how long the client waits for its answers
 * @param expected all must hold
 */
public record ConformanceCase(
    String id,
    String rule,
    String source,
    boolean own,
    String prefix,
    boolean http2,
    List<Step> steps,
    int answers,
    @Nullable Script script,
    Duration patience,
    List<Expectation> expected) {

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  public ConformanceCase {
    steps = List.copyOf(steps);
    expected = List.copyOf(expected);
  }

  /** A case in the making. */
  public static Draft named(String id, String rule) {
    return new Draft(id, rule);
  }

  /** Collects the parts of a case. */
  public static final class Draft {
    private final String id;
    private final String rule;
    private String source = "";
    private boolean own;
    private String prefix = "";
    private boolean http2;
    private final List<Step> steps = new ArrayList<>();
    private int answers = 1;
    private @Nullable Script script;
    private Duration patience = PATIENCE;

    private Draft(String id, String rule) {
      this.id = id;
      this.rule = rule;
    }

    /** The section of a standard that asks for it. */
    public Draft source(String section) {
      source = section;
      return this;
    }

    /** Our choice, where the standard leaves one; the reason says why we made it. */
    public Draft ownChoice(String reason) {
      source = reason;
      own = true;
      return this;
    }

    /** Sends these characters; {@code {path}} becomes the path that leads to the script. */
    public Draft sends(String bytes) {
      return then(Step.send(bytes));
    }

    /** Another route than the usual one. */
    public Draft route(String path) {
      prefix = path;
      return this;
    }

    /** The client speaks HTTP/2 and begins with the preface of a connection. */
    public Draft http2() {
      http2 = true;
      return sends(Http2Frames.PREFACE);
    }

    /** Does something else. */
    public Draft then(Step step) {
      steps.add(step);
      return this;
    }

    /** Waits for so many final answers at the end instead of one. */
    public Draft answers(int count) {
      answers = count;
      return this;
    }

    /** The service answers a complete request with these characters. */
    public Draft upstreamAnswers(String bytes) {
      return upstream(Script.answering(bytes));
    }

    /** The service does this. */
    public Draft upstream(Script given) {
      script = given;
      return this;
    }

    /** The client waits as long as this for its answers. */
    public Draft patience(Duration time) {
      patience = time;
      return this;
    }

    /** Ends the draft: all of these must hold. */
    public ConformanceCase expects(Expectation... expected) {
      return new ConformanceCase(
          id,
          rule,
          source,
          own,
          prefix,
          http2,
          steps,
          answers,
          script,
          patience,
          List.of(expected));
    }
  }
}
