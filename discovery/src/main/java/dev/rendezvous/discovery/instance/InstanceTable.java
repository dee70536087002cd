package dev.rendezvous.discovery.instance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a request reads to find an instance: an immutable snapshot of all services.
 *
 * <p>A list that did not change is the same object in the next table, so whatever is derived from
 * it can be kept.
 */
public final class InstanceTable {

  /** The table before any news. */
  public static final InstanceTable EMPTY = new InstanceTable(Map.of());

  private final Map<String, ServiceNews> services;

  /** A table of exactly this news, by service name. */
  public InstanceTable(Map<String, ServiceNews> services) {
    this.services = Map.copyOf(services);
  }

  /** The instances of a service, empty when nothing is known of it. */
  public List<ServiceInstance> instances(String service) {
    ServiceNews news = services.get(service);
    return news == null ? List.of() : news.instances();
  }

  /** The last news about a service, or null when there was none yet. */
  public @Nullable ServiceNews news(String service) {
    return services.get(service);
  }

  /** The services of which something is known. */
  public Set<String> services() {
    return services.keySet();
  }
}
