package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.instance.InstanceKey;
import dev.rendezvous.discovery.instance.ServiceInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One instance that differs between two tables.
 *
 * @param kind what happened
 * @param instance as it is now, or was last when it left
 */
public record Change(Kind kind, ServiceInstance instance) {

  /** What happened to an instance. */
  public enum Kind {
    /** It is new. */
    ADDED,
    /** It is gone. */
    REMOVED,
    /** It serves at another address. */
    MOVED,
    /** It has another weight, tag or other data than before. */
    UPDATED
  }

  static List<Change> between(List<ServiceInstance> before, List<ServiceInstance> after) {
    Map<InstanceKey, ServiceInstance> old = new LinkedHashMap<>();
    before.forEach(instance -> old.put(instance.key(), instance));
    List<Change> changes = new ArrayList<>();
    for (ServiceInstance instance : after) {
      ServiceInstance known = old.remove(instance.key());
      if (known == null) {
        changes.add(new Change(Kind.ADDED, instance));
      } else if (!known.equals(instance)) {
        boolean moved = !known.address().equals(instance.address());
        changes.add(new Change(moved ? Kind.MOVED : Kind.UPDATED, instance));
      }
    }
    old.values().forEach(instance -> changes.add(new Change(Kind.REMOVED, instance)));
    return changes;
  }
}
