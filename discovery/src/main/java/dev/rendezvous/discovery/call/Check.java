package dev.rendezvous.discovery.call;

import java.time.Duration;

/**
 * The active checks of one address: when the next is due and how many in a row went which way.
 *
 * <p>Used from one context.
 */
final class Check {
  static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

  /** So many in a row must find it. */
  static final int RISE = 2;

  /** So many in a row must not find it. */
  static final int FALL = 3;

  private boolean planned;
  private boolean underWay;
  private long due;
  private int found;
  private int missed;

  /** What the checks so far say together. */
  enum State {
    UP,
    DOWN,
    UNDECIDED
  }

  /**
   * Begins a check if it is time for one; {@link #ended} must follow.
   *
   * @param chance from 0 to 1; spreads checks that would otherwise all come at once
   */
  boolean begin(long now, double chance) {
    if (!planned) {
      planned = true;
      due = now + (long) (INTERVAL_NANOS * chance);
    }
    if (underWay || now - due < 0) {
      return false;
    }
    underWay = true;
    due = now + (long) (INTERVAL_NANOS * (0.9 + 0.2 * chance));
    return true;
  }

  State ended(boolean answers) {
    underWay = false;
    found = answers ? found + 1 : 0;
    missed = answers ? 0 : missed + 1;
    if (found >= RISE) {
      return State.UP;
    }
    return missed >= FALL ? State.DOWN : State.UNDECIDED;
  }
}
