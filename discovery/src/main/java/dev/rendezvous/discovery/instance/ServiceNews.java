package dev.rendezvous.discovery.instance;

import java.time.Instant;
import java.util.List;

/**
 * What a source said about one service at one moment: the whole list, never a difference.
 *
 * @param service the service's name
 * @param instances all instances that may be called
 * @param source who said so: {@code consul}, {@code bridge}, {@code static}, {@code gateway},
 *     {@code snapshot}
 * @param index the registry's own version of this list, 0 where it has none
 * @param heard when the source last confirmed it
 */
public record ServiceNews(
    String service, List<ServiceInstance> instances, String source, long index, Instant heard) {

  /** Copies the list. */
  public ServiceNews {
    instances = List.copyOf(instances);
  }

  /** The same news with these instances in place of its own. */
  public ServiceNews withInstances(List<ServiceInstance> others) {
    return new ServiceNews(service, others, source, index, heard);
  }
}
