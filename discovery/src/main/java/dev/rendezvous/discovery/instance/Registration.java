package dev.rendezvous.discovery.instance;

import java.util.List;
import java.util.Map;

/**
 * What an instance says of itself to a registry.
 *
 * <p>The registry calls {@code http://host:managementPort/health/ready}, so both must be reachable
 * from there.
 *
 * @param service the name by which callers ask for it
 * @param id unique among the instances on this machine; registering the same id again moves it
 * @param host the address by which others reach it
 * @param port where it serves
 * @param managementPort where it answers {@code /health/ready}
 * @param weight its share of the traffic relative to the others, at least 1
 * @param tags free words
 * @param metadata free pairs; the management port is added to them
 */
public record Registration(
    String service,
    String id,
    String host,
    int port,
    int managementPort,
    int weight,
    List<String> tags,
    Map<String, String> metadata) {

  /** Copies the lists. */
  public Registration {
    tags = List.copyOf(tags);
    metadata = Map.copyOf(metadata);
  }

  /** An instance without tags or metadata, with the weight of every other. */
  public Registration(String service, String id, String host, int port, int managementPort) {
    this(service, id, host, port, managementPort, 1, List.of(), Map.of());
  }
}
