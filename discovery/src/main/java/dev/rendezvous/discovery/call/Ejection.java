package dev.rendezvous.discovery.call;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether one address is set aside because of what calls to it met.
 *
 * <p>The limits are low on purpose: statistics over many hosts never speak up where a service has
 * two. Times in nanoseconds of one clock; safe from any thread; a success on a healthy address
 * costs one volatile read.
 */
final class Ejection {

  static final long FIRST_NANOS = 5_000_000_000L;
  static final long LONGEST_NANOS = 60_000_000_000L;

  /** So many points without a success between them eject. */
  private static final int LIMIT = 6;

  /** A kind of failure; one refusal is enough, or two time-outs, or three gateway errors. */
  enum Fault {
    REFUSED(LIMIT),
    TIMEOUT(LIMIT / 2),
    GATEWAY_ERROR(LIMIT / 3);

    private final int points;

    Fault(int points) {
      this.points = points;
    }
  }

  private final AtomicBoolean trial = new AtomicBoolean();
  private volatile int points;
  private volatile int ejections;
  private volatile long ejectedAt;
  private volatile long until;
  private volatile boolean vouched;
  private volatile Fault reason = Fault.REFUSED;

  /**
   * Counts a failure.
   *
   * @param started when the failed call was sent
   * @return whether it was the one too many
   */
  synchronized boolean failed(Fault fault, long started, long now) {
    if (ejections > 0 && started - ejectedAt < 0) {
      return false; // sent before the ejection: known already
    }
    points += fault.points;
    if (points < LIMIT && ejections == 0) {
      return false;
    }
    long length = FIRST_NANOS << Math.min(ejections, 4);
    ejections++;
    ejectedAt = now;
    until = now + Math.min(length, LONGEST_NANOS);
    vouched = false;
    reason = fault;
    return true;
  }

  /**
   * Counts a success.
   *
   * @return whether it ended an ejection
   */
  boolean succeeded(long started) {
    return points > 0 && clearUnlessOlder(started);
  }

  private synchronized boolean clearUnlessOlder(long started) {
    if (ejections > 0 && started - ejectedAt < 0) {
      return false;
    }
    return clear();
  }

  /** Forgets everything; returns whether it was set aside. */
  synchronized boolean clear() {
    boolean was = ejections > 0;
    ejections = 0;
    points = 0;
    return was;
  }

  boolean isEjected() {
    return ejections > 0;
  }

  /** Ejections in a row; each doubles the next. */
  int count() {
    return ejections;
  }

  Fault reason() {
    return reason;
  }

  long remaining(long now) {
    return ejections == 0 ? 0 : Math.max(0, until - now);
  }

  /** Its time is over and nobody has looked yet whether it is there again. */
  boolean awaitsProbe(long now) {
    return ejections > 0 && !vouched && now - until >= 0;
  }

  /** A probe found it: one call may try. */
  void vouch() {
    vouched = true;
  }

  /** A probe did not find it. */
  void postpone(long newUntil) {
    until = newUntil;
  }

  /** Takes the one trial that is allowed at a time; {@link #endTrial} must follow. */
  boolean beginTrial(long now) {
    return ejections > 0
        && vouched
        && now - until >= 0
        && !trial.get()
        && trial.compareAndSet(false, true);
  }

  void endTrial() {
    trial.set(false);
  }
}
