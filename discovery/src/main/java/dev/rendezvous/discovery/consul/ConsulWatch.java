package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.registry.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows the healthy instances of the watched services in Consul, and of no other. */
public final class ConsulWatch implements Source {

  private final Vertx vertx;
  private final ConsulTarget target;
  private final ConsulHttp consul;
  private final LongSupplier nanos;
  private final List<ServiceWatch> watches = new ArrayList<>();
  private @Nullable Listener listener;

  /** A source that has not asked anything yet. */
  public ConsulWatch(Vertx vertx, ConsulTarget target, LongSupplier nanos) {
    this.vertx = vertx;
    this.target = target;
    this.nanos = nanos;
    this.consul = new ConsulHttp(vertx, target);
  }

  @Override
  public void start(Listener newListener) {
    listener = newListener;
  }

  @Override
  public void watch(String service) {
    if (listener == null) {
      throw new IllegalStateException("watch before start");
    }
    ServiceWatch watch =
        new ServiceWatch(vertx, consul, service, target.datacenter(), listener, nanos);
    watches.add(watch);
    watch.poll();
  }

  @Override
  public Future<Void> close() {
    watches.forEach(ServiceWatch::close);
    return consul.close();
  }
}
