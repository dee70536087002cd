package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** The figures of the table: how old, how many, how often it changes. */
final class DirectoryMeters {

  private final MeterRegistry registry;
  private final Supplier<InstanceTable> table;
  private final Set<String> watched = new HashSet<>();

  DirectoryMeters(MeterRegistry registry, Supplier<InstanceTable> table) {
    this.registry = registry;
    this.table = table;
  }

  /** Shows this service's gauges from now on. */
  void watch(String service) {
    if (!watched.add(service)) {
      return;
    }
    Tags tags = Tags.of("service", service);
    Gauge.builder("discovery.news.age", this, meters -> meters.ageSeconds(service))
        .tags(tags)
        .baseUnit("seconds")
        .description("time since the source last confirmed the instances")
        .register(registry);
    Gauge.builder("discovery.instances", this, meters -> meters.instances(service))
        .tags(tags)
        .description("instances that may be called")
        .register(registry);
  }

  private double ageSeconds(String service) {
    ServiceNews news = table.get().news(service);
    return news == null
        ? Double.NaN
        : Duration.between(news.heard(), Instant.now()).toMillis() / 1e3;
  }

  private double instances(String service) {
    return table.get().instances(service).size();
  }

  void changed(String service, Change.Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    registry.counter("discovery.changes", "service", service, "kind", name).increment();
  }

  void disbelieved(String service) {
    registry.counter("discovery.disbelieved", "service", service).increment();
  }
}
