package dev.rendezvous.discovery.registry;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.vertx.core.Future;

/**
 * Somewhere to hear about instances.
 *
 * <p>All methods are called on one context, and a source calls its listener on that context only. A
 * source never fails: it reports and tries again.
 */
public interface Source {

  /** Starts listening; called once, before anything else. */
  void start(Listener listener);

  /** Wants news about this service from now on; called once a service. */
  void watch(String service);

  /** A caller could not connect to this instance: perhaps the news is old. */
  default void suspect(ServiceInstance instance) {}

  /** Stops, and cancels what is under way. */
  Future<Void> close();

  /** Who wants to hear. */
  interface Listener {

    /** The whole list of a service, changed or confirmed. */
    void heard(ServiceNews news);

    /** A service could not be asked about; the next try is on its way. */
    void failed(String service, Throwable cause);
  }
}
