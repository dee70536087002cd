package dev.rendezvous.loadtests.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * One stream of requests to one address: what, how fast, how long. Made by {@link #open} or {@link
 * #closed} and refined by the methods that start with {@code with}.
 *
 * @param name how results call it
 * @param rate requests a second whose intended starts are evenly spaced; 0 for a closed loop
 * @param connections at most so many at once; in a closed loop exactly so many
 * @param duration no request is started later than this after the stream's start
 * @param count no more requests than this
 * @param timeout from the intended start; later is a failure
 * @param slowAfter an expected answer that takes longer counts as slow in the timeline
 * @param expected the statuses that are no failure
 * @param keepBodies whether the observer gets them
 * @param resendOnStale whether a request that was sent on a used connection, and saw it close
 *     before a byte of an answer, is sent once more on a fresh one (RFC 9110 9.2.2: what every
 *     client does for idempotent requests)
 */
public record StreamPlan(
    String name,
    InetSocketAddress address,
    RequestSource source,
    double rate,
    int connections,
    Duration duration,
    long count,
    Duration timeout,
    Duration slowAfter,
    IntPredicate expected,
    AnswerObserver observer,
    boolean keepBodies,
    boolean resendOnStale) {

  private static final int MOST_CONNECTIONS = 512;

  /** Checks the numbers. */
  public StreamPlan {
    if (!(rate >= 0) || rate > 1_000_000 || connections < 1 || count < 1) {
      throw new IllegalArgumentException(
          "rate %s, connections %d, count %d".formatted(rate, connections, count));
    }
  }

  /** Requests at a fixed rate, however slowly they are answered (an open loop). */
  public static StreamPlan open(
      String name, InetSocketAddress address, double rate, Duration duration, RequestSource what) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("an open loop needs a rate, not " + rate);
    }
    return plan(name, address, what, rate, MOST_CONNECTIONS, duration);
  }

  /** Each of so many connections sends its next request when it has the answer (a closed loop). */
  public static StreamPlan closed(
      String name,
      InetSocketAddress address,
      int connections,
      Duration duration,
      RequestSource what) {
    return plan(name, address, what, 0, connections, duration);
  }

  private static StreamPlan plan(
      String name,
      InetSocketAddress address,
      RequestSource source,
      double rate,
      int connections,
      Duration duration) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        Long.MAX_VALUE,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        status -> status >= 200 && status < 300,
        answer -> {},
        false,
        false);
  }

  /** At most so many requests. */
  public StreamPlan withCount(long most) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        most,
        timeout,
        slowAfter,
        expected,
        observer,
        keepBodies,
        resendOnStale);
  }

  /** At most so many connections. */
  public StreamPlan withConnections(int most) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        most,
        duration,
        count,
        timeout,
        slowAfter,
        expected,
        observer,
        keepBodies,
        resendOnStale);
  }

  /** How long an answer may take, and from when on it counts as slow. */
  public StreamPlan withTimes(Duration newTimeout, Duration newSlowAfter) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        count,
        newTimeout,
        newSlowAfter,
        expected,
        observer,
        keepBodies,
        resendOnStale);
  }

  /** The statuses that are no failure; 2xx without this. */
  public StreamPlan withExpected(IntPredicate statuses) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        count,
        timeout,
        slowAfter,
        statuses,
        observer,
        keepBodies,
        resendOnStale);
  }

  /** Shows each answer to the observer, with its body if wanted. */
  public StreamPlan withObserver(AnswerObserver newObserver, boolean bodies) {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        count,
        timeout,
        slowAfter,
        expected,
        newObserver,
        bodies,
        resendOnStale);
  }

  /** Sends once more what a closing kept-alive connection lost. */
  public StreamPlan withResendOnStale() {
    return new StreamPlan(
        name,
        address,
        source,
        rate,
        connections,
        duration,
        count,
        timeout,
        slowAfter,
        expected,
        observer,
        keepBodies,
        true);
  }

  boolean isOpen() {
    return rate > 0;
  }
}
