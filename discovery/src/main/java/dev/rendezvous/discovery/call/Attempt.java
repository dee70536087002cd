package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * How a caller sends its request once; the engine decides to whom and how often.
 *
 * <p>Methods of one attempt are never called at the same time.
 *
 * @param <R> the answer, at least its head
 */
public interface Attempt<R> {

  /**
   * Sends the request to this instance and completes with its answer's head (or with the whole).
   *
   * <p>Fails with what Vert.x or Netty threw, unwrapped. The client's own connect time-out is
   * {@link Call#CONNECT_TIMEOUT}; the wait for a connection and the wait for the first byte
   * together must not take longer than {@code firstByteTimeout}, else the call's deadline is not
   * kept.
   */
  Future<R> send(ServiceInstance instance, Duration firstByteTimeout);

  /** What this answer says about the instance. */
  Verdict judge(R answer);

  /** Throws an answer away, because another try follows; frees its connection. */
  void discard(R answer);

  /** Whether whoever asked has gone, so that nothing must be sent or blamed any more. */
  default boolean cancelled() {
    return false;
  }
}
