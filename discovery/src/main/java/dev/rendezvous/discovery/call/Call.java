package dev.rendezvous.discovery.call;

import java.time.Duration;

/**
 * What the engine must know about a request to send it, and perhaps to send it again.
 *
 * @param service the service that is meant
 * @param retryable the request may be sent again after bytes of it were sent: its method is
 *     idempotent or it carries an idempotency key, and its body is kept
 * @param replayable the request can be sent again in full whatever it means, because its body is
 *     kept or there is none; true for every retryable call
 * @param deadline over all tries together
 * @param firstByte how long one try may wait for its first byte while another instance is left
 * @param tries the most tries, the first included
 */
public record Call(
    String service,
    boolean retryable,
    boolean replayable,
    Duration deadline,
    Duration firstByte,
    int tries) {

  /** As many tries as there are instances and the budget pays for. */
  public static final int ANY_TRIES = Integer.MAX_VALUE;

  /** The time that one try has to connect; the sender sets it on its client. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  /** The time that one try of a retryable call has to its first byte. */
  public static final Duration FIRST_BYTE_TIMEOUT = Duration.ofSeconds(1);

  /** Holds the promise that a retryable call can be sent again. */
  public Call {
    replayable |= retryable;
  }

  /** A call that may be sent twice without harm. */
  public static Call retryable(String service, Duration deadline) {
    return new Call(service, true, true, deadline, FIRST_BYTE_TIMEOUT, ANY_TRIES);
  }

  /** A call that must not reach a handler twice; its body is kept, so an unsent one is repeated. */
  public static Call once(String service, Duration deadline) {
    return new Call(service, false, true, deadline, FIRST_BYTE_TIMEOUT, ANY_TRIES);
  }
}
