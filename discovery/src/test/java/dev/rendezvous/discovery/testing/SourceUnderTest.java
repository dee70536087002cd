package dev.rendezvous.discovery.testing;

import dev.rendezvous.discovery.consul.ConsulBridge;
import dev.rendezvous.discovery.consul.ConsulTarget;
import dev.rendezvous.discovery.consul.ConsulWatch;
import dev.rendezvous.discovery.registry.AddressSource;
import dev.rendezvous.discovery.registry.HostPort;
import dev.rendezvous.discovery.registry.Source;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source, and a way to change what it can find out; all instances share a port. */
public final class SourceUnderTest implements AutoCloseable {

  /** The sources that hold the contract. */
  public enum Kind {
    STATIC(2_500, 2_500),
    // News travels in milliseconds; the rest of the time is for a busy machine's Consul.
    WATCH(1_000, 200),
    BRIDGE(2_500, 5_000);

    private final Duration atMost;
    private final Duration moveAtMost;

    Kind(int atMostMillis, int moveAtMostMillis) {
      atMost = Duration.ofMillis(atMostMillis);
      moveAtMost = Duration.ofMillis(moveAtMostMillis);
    }
  }

  private final Kind kind;
  private final Vertx vertx;
  private final String service;
  private final int port = ConsulProcess.freePorts(1).get(0);
  private final Map<String, TestInstance> known = new LinkedHashMap<>();
  private final ScriptedHostNames names = new ScriptedHostNames();
  private final @Nullable ConsulProcess consul;
  private final Source source;

  private SourceUnderTest(Kind kind, Vertx vertx, String service) {
    this.kind = kind;
    this.vertx = vertx;
    this.service = service;
    if (kind == Kind.STATIC) {
      consul = null;
      names.fail();
      source =
          AddressSource.fixed(
              vertx, names, Map.of(service, List.of(new HostPort("users.test", port))));
    } else {
      consul = ConsulProcess.started();
      ConsulTarget target =
          new ConsulTarget(new HostPort("127.0.0.1", consul.port()), false, "", null, null);
      source =
          kind == Kind.WATCH
              ? new ConsulWatch(vertx, target, System::nanoTime)
              : new ConsulBridge(vertx, target, Duration.ofSeconds(2));
    }
  }

  public static SourceUnderTest of(Kind kind, Vertx vertx, String service) {
    return new SourceUnderTest(kind, vertx, service);
  }

  public Source source() {
    return source;
  }

  /** A running instance at 127.0.0.{@code last}. */
  public TestInstance instance(int last) {
    return TestInstance.at(vertx, service, "127.0.0." + last, port);
  }

  public void put(String id, TestInstance instance) {
    known.put(id, instance);
    if (consul == null) {
      tellNames();
    } else {
      consul.add(service, id, instance);
    }
  }

  public void remove(String id) {
    known.remove(id);
    if (consul == null) {
      tellNames();
    } else {
      consul.remove(id);
    }
  }

  /** Removes all in one update; a name without addresses cannot be, so a foreign one stands in. */
  public void removeAll() {
    if (consul == null) {
      known.clear();
      names.answer(List.of("127.0.0.99"));
      return;
    }
    for (String id : new ArrayList<>(known.keySet())) {
      remove(id);
    }
  }

  private void tellNames() {
    names.answer(known.values().stream().map(TestInstance::host).distinct().toList());
  }

  public Duration atMost() {
    return kind.atMost;
  }

  public Duration moveAtMost() {
    return kind.moveAtMost;
  }

  @Override
  public void close() {
    if (consul != null) {
      consul.close();
    }
  }
}
