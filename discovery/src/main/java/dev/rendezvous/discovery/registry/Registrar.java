package dev.rendezvous.discovery.registry;

import dev.rendezvous.discovery.instance.Registration;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Makes an instance known to others and keeps it known; called on one context. */
public interface Registrar {

  /** Registers and stays registered; completes after the first try, whatever came of it. */
  Future<Void> register(Registration registration);

  /** Leaves, and completes when others have had the time to hear of it. */
  Future<Void> deregister();

  /** The state of the own registration, for people. */
  JsonObject describe();

  /** Stops without leaving. */
  Future<Void> close();

  /** Where there is nobody to register with. */
  static Registrar none() {
    return new Registrar() {
      @Override
      public Future<Void> register(Registration registration) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> deregister() {
        return Future.succeededFuture();
      }

      @Override
      public JsonObject describe() {
        return new JsonObject().put("state", "none");
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }
}
