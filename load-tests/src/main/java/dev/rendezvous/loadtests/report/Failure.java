package dev.rendezvous.loadtests.report;

import java.util.List;
import java.util.Optional;

/** What breaks, and what it costs. */
public final class Failure {

  private Failure() {}

  /**
   * One event, in each variant.
   *
   * @param must what the design asks for
   */
  public record Drill(String id, String event, String must, Outcome gateway, Outcome discovery) {

    /** Of the variant with this name. */
    public Outcome outcome(String variant) {
      return variant.equals(Results.GATEWAY) ? gateway : discovery;
    }
  }

  /**
   * What one variant's clients noticed.
   *
   * @param lacking why the variant has no such event; then there is nothing else
   * @param cost the counts
   */
  public record Outcome(Optional<String> lacking, Optional<Cost> cost) {}

  /**
   * Counted.
   *
   * @param failedThoughAccepted those of {@code failed} for which there was somebody to connect to
   * @param slow answers that took over 800 ms
   * @param secondsToNotice until no request is sent to what is broken; absent where nothing notices
   * @param secondsToRecover from its return until it is used again
   * @param other a figure of this event alone, for people
   * @param acknowledged orders that clients were told of
   * @param lost of these, not found afterwards
   * @param doubled orders found more than once
   * @param replayedOtherwise sent again under their keys and answered otherwise than before
   * @param stepMillis the width of a step of the time line
   * @param succeeded requests by step
   * @param failedSteps failed requests by step
   * @param slowestMillis the slowest answer by step
   */
  public record Cost(
      int requests,
      int failed,
      int failedThoughAccepted,
      int slow,
      Optional<Double> secondsToNotice,
      Optional<Double> secondsToRecover,
      Optional<String> other,
      int acknowledged,
      int lost,
      int doubled,
      int replayedOtherwise,
      int stepMillis,
      List<Integer> succeeded,
      List<Integer> failedSteps,
      List<Integer> slowestMillis,
      List<Mark> marks) {}

  /** What was done to the system, and when, by the time line. */
  public record Mark(double seconds, String text) {}
}
