package dev.rendezvous.discovery.call;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instance for one try: power of two choices over expected latency × calls in flight.
 *
 * <p>See Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001). Ejected
 * instances are left out until more than half are: then fewer would have to carry all the traffic
 * on the word of a few failures, so all are used again, the least bad first.
 */
final class Picker {

  /** Assumed where neither of two candidates was ever measured; only the ratio counts. */
  private static final double UNKNOWN_LATENCY = 1e6;

  private final Supplier<? extends RandomGenerator> random;

  Picker(Supplier<? extends RandomGenerator> random) {
    this.random = random;
  }

  /**
   * A choice.
   *
   * @param target who
   * @param trial it is ejected and this call finds out whether it is back
   * @param anotherLeft one more could be chosen after it
   */
  record Pick(Target target, boolean trial, boolean anotherLeft) {}

  /**
   * Chooses among those not tried yet.
   *
   * @param retryable the call would survive a hang, so it may try an ejected instance
   * @return null when none is left
   */
  @Nullable Pick pick(List<Target> targets, List<Endpoint> tried, boolean retryable, long now) {
    boolean panic = isPanic(targets);
    int left = 0;
    for (Target target : targets) {
      if (usable(target, tried, panic)) {
        left++;
      } else if (!tried.contains(target.endpoint()) && beginTrial(target, retryable, now)) {
        return new Pick(target, true, countUsable(targets, tried, panic) > 0);
      }
    }
    if (left == 0) {
      return null;
    }
    int first = left == 1 ? 0 : random.get().nextInt(left);
    Target one = nth(targets, tried, panic, first);
    if (left == 1 || one == null) {
      return one == null ? null : new Pick(one, false, false);
    }
    int second = (first + 1 + random.get().nextInt(left - 1)) % left;
    Target other = nth(targets, tried, panic, second);
    return new Pick(other == null ? one : better(one, other, now), false, true);
  }

  /**
   * Chooses for a call that has tried all others one that is set aside: it may be back unnoticed,
   * and otherwise the call would fail for sure.
   *
   * @return null when none is left; the choice is bounded as one that another could follow, because
   *     an instance that hangs must not take the whole deadline
   */
  @Nullable Pick lastResort(List<Target> targets, List<Endpoint> tried, boolean retryable) {
    Target best = null;
    for (Target target : targets) {
      Ejection ejection = target.endpoint().ejection;
      if (!tried.contains(target.endpoint())
          && (retryable || ejection.reason() == Ejection.Fault.REFUSED)
          && (best == null || ejection.count() < best.endpoint().ejection.count())) {
        best = target;
      }
    }
    return best == null ? null : new Pick(best, false, true);
  }

  private static boolean isPanic(List<Target> targets) {
    int ejected = 0;
    for (Target target : targets) {
      ejected += target.endpoint().ejection.isEjected() ? 1 : 0;
    }
    return ejected * 2 > targets.size();
  }

  private static boolean usable(Target target, List<Endpoint> tried, boolean panic) {
    return (panic || !target.endpoint().ejection.isEjected()) && !tried.contains(target.endpoint());
  }

  private static int countUsable(List<Target> targets, List<Endpoint> tried, boolean panic) {
    int count = 0;
    for (Target target : targets) {
      count += usable(target, tried, panic) ? 1 : 0;
    }
    return count;
  }

  /** A refused connect is retried elsewhere for any call, so it needs no retryable one. */
  private static boolean beginTrial(Target target, boolean retryable, long now) {
    Ejection ejection = target.endpoint().ejection;
    return (retryable || ejection.reason() == Ejection.Fault.REFUSED) && ejection.beginTrial(now);
  }

  private static @Nullable Target nth(
      List<Target> targets, List<Endpoint> tried, boolean panic, int index) {
    int seen = 0;
    for (Target target : targets) {
      if (usable(target, tried, panic) && seen++ == index) {
        return target;
      }
    }
    return null; // ejected by another thread since they were counted
  }

  /**
   * The cheaper one nearly always, and either when they are alike.
   *
   * <p>The plain minimum would send everything to one of two idle instances because the other is
   * some microseconds slower. The third power keeps equals equal (1.1× slower: 43 %) and leaves
   * little to the slow (2×: 11 %, 10×: 0.1 %). Weights stand outside of it, so that they mean
   * shares.
   */
  private Target better(Target one, Target other, long now) {
    double oneLatency = one.endpoint().latency.expected(now);
    double otherLatency = other.endpoint().latency.expected(now);
    double unknown = unknown(oneLatency, otherLatency);
    double ratio =
        cost(one, Double.isNaN(oneLatency) ? unknown : oneLatency, now)
            / cost(other, Double.isNaN(otherLatency) ? unknown : otherLatency, now);
    double shares = (double) other.instance().weight() / one.instance().weight();
    double odds = ratio * ratio * ratio * shares;
    return random.get().nextDouble() * (1 + odds) < 1 ? one : other;
  }

  /** A new instance is taken to be as fast as the one it is compared with. */
  private static double unknown(double oneLatency, double otherLatency) {
    if (!Double.isNaN(oneLatency)) {
      return oneLatency;
    }
    return Double.isNaN(otherLatency) ? UNKNOWN_LATENCY : otherLatency;
  }

  private static double cost(Target target, double expected, long now) {
    Endpoint endpoint = target.endpoint();
    double latency = Math.max(expected, (double) endpoint.waiting(now));
    return latency * (endpoint.inFlight() + 1) * (endpoint.ejection.count() + 1);
  }
}
