package dev.rendezvous.loadtests.conformance;

import dev.rendezvous.loadtests.backend.ReceivedRequest;
import dev.rendezvous.loadtests.backend.ScriptedBackend;
import dev.rendezvous.loadtests.wire.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One case while it runs against one proxy. */
public final class Encounter {
  private static final long POLL_MILLISECONDS = 5;

  private final String id;
  private final String prefix;
  private final RawClient client;
  private final ScriptedBackend backend;
  private final long begin = System.nanoTime();

  Encounter(ConformanceCase one, RawClient client, ScriptedBackend backend) {
    this.id = one.id();
    this.prefix = one.prefix();
    this.client = client;
    this.backend = backend;
  }

  /** The client's side. */
  public RawClient client() {
    return client;
  }

  /** The requests that have reached the service. */
  public List<ReceivedRequest> upstream() {
    return backend.received(id);
  }

  String fill(String text) {
    return text.replace("{path}", prefix + "/case/" + id).replace("{id}", id);
  }

  /** Both sides, as they are now. */
  Observation observe() {
    return new Observation(
        client.answers(),
        client.received(),
        client.isEnded(),
        upstream(),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /** Looks until it holds or there is no patience; the two sides share no monitor. */
  boolean await(BooleanSupplier condition, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(POLL_MILLISECONDS);
    }
    return true;
  }

  /** Lets what must not happen have its time to happen. */
  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
