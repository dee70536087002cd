package dev.rendezvous.loadtests.load;

/** Sees every answer of a stream. Called on the generator's thread, so it must be quick. */
@FunctionalInterface
public interface AnswerObserver {
  void answered(Answer answer);
}
