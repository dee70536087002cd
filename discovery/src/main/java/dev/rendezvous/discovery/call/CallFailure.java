package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.instance.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * A call that got no answer, and why.
 *
 * <p>Carries no stack trace: it tells of a remote event, and under an outage there are many.
 */
public final class CallFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The last thing that went wrong. */
  public enum Cause {
    /** Nobody to send it to: no instance known, or none that is this service. */
    NO_INSTANCE,
    /** No connection could be made; nothing was sent. */
    REFUSED,
    /** No connection within its time; nothing was sent. */
    CONNECT_TIMEOUT,
    /** Sent, and no first byte within the time of a try. */
    FIRST_BYTE_TIMEOUT,
    /** The connection ended before the answer began. */
    CONNECTION_LOST,
    /** The time for all tries is up. */
    DEADLINE,
    /** Too many requests wait for a connection; nothing was sent. */
    OVERLOADED,
    /** Whoever asked has gone. */
    CANCELLED
  }

  private final Cause reason;
  private final int attempts;
  private final transient @Nullable ServiceInstance instance;

  /** A failure after so many attempts, the last of which went to {@code instance}. */
  public CallFailure(
      Cause reason,
      String service,
      int attempts,
      @Nullable ServiceInstance instance,
      @Nullable Throwable cause) {
    super(message(reason, service, attempts, instance), cause, false, false);
    this.reason = reason;
    this.attempts = attempts;
    this.instance = instance;
  }

  private static String message(
      Cause reason, String service, int attempts, @Nullable ServiceInstance instance) {
    return service
        + ": "
        + reason
        + " after "
        + attempts
        + (attempts == 1 ? " attempt" : " attempts")
        + (instance == null ? "" : ", the last to " + instance);
  }

  /** Why. */
  public Cause reason() {
    return reason;
  }

  /** How many tries were sent. */
  public int attempts() {
    return attempts;
  }

  /** The last instance tried, null when there was none. */
  public @Nullable ServiceInstance instance() {
    return instance;
  }
}
