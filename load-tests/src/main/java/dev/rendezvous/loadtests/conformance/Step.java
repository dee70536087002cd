package dev.rendezvous.loadtests.conformance;

import java.io.IOException;
import java.time.Duration;

/** Something that the client does. */
@FunctionalInterface
public interface Step {
  /** The longest that a step waits for what should be there at once. */
  Duration PATIENCE = Duration.ofSeconds(5);

  /** Does it. */
  void perform(Encounter encounter) throws IOException;

  /** Sends these characters; {@code {path}} becomes the path that leads to the script. */
  static Step send(String bytes) {
    return encounter -> encounter.client().send(encounter.fill(bytes));
  }

  /** Sends them one by one, with a pause before each, until the proxy has had enough. */
  static Step trickle(String bytes, Duration pause) {
    return encounter -> {
      var text = encounter.fill(bytes);
      for (var i = 0; i < text.length() && !encounter.client().isEnded(); i++) {
        encounter.client().awaitAnswers(Integer.MAX_VALUE, pause);
        encounter.client().send(text.substring(i, i + 1));
      }
    };
  }

  /** Waits for so many complete final answers. */
  static Step awaitAnswers(int count) {
    return encounter -> encounter.client().awaitAnswers(count, PATIENCE);
  }

  /** Waits until this has come. */
  static Step awaitText(String text) {
    return encounter -> encounter.client().awaitText(text, PATIENCE);
  }

  /** Waits until so many requests have reached the service. */
  static Step awaitUpstream(int count) {
    return encounter -> encounter.await(() -> encounter.upstream().size() >= count, PATIENCE);
  }

  /** Ends the client's half of the connection. */
  static Step endSending() {
    return encounter -> encounter.client().endSending();
  }

  /** The client goes away. */
  static Step leave() {
    return encounter -> encounter.client().close();
  }
}
