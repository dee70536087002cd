package dev.rendezvous.discovery.instance;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running copy of a service and the address at which it answers.
 *
 * <p>{@code id} is unique on {@code node} only, as it is in Consul, so {@link #key()} names an
 * instance; everything else may change under the same key.
 *
 * @param service the name by which callers ask for it
 * @param id the instance's name on its node
 * @param node the machine's name in the registry, empty where there is none
 * @param datacenter the registry's datacenter, empty where there is none
 * @param address where it serves
 * @param weight its share of the traffic relative to the others, at least 1
 * @param tags as registered
 * @param metadata as registered
 */
public record ServiceInstance(
    String service,
    String id,
    String node,
    String datacenter,
    SocketAddress address,
    int weight,
    List<String> tags,
    Map<String, String> metadata) {

  /** The metadata key of the port at which {@code /health/ready} answers. */
  public static final String MANAGEMENT_PORT = "management_port";

  /** Copies the lists and lifts a weight below 1 to 1. */
  public ServiceInstance {
    weight = Math.max(1, weight);
    tags = List.copyOf(tags);
    metadata = Map.copyOf(metadata);
  }

  /** An instance of which only the address is known. */
  public static ServiceInstance of(String service, String id, String host, int port) {
    return new ServiceInstance(
        service, id, "", "", SocketAddress.inetSocketAddress(port, host), 1, List.of(), Map.of());
  }

  /** The same instance with this metadata in place of its own. */
  public ServiceInstance withMetadata(Map<String, String> replacement) {
    return new ServiceInstance(service, id, node, datacenter, address, weight, tags, replacement);
  }

  /** The host name or IP literal at which it serves. */
  public String host() {
    return address.host();
  }

  /** The port at which it serves. */
  public int port() {
    return address.port();
  }

  /** The name of this instance that stays when its address changes. */
  public InstanceKey key() {
    return new InstanceKey(datacenter, node, id);
  }

  /** The port of its health endpoints, or null where it has not told one. */
  public @Nullable Integer managementPort() {
    String text = metadata.get(MANAGEMENT_PORT);
    if (text == null) {
      return null;
    }
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port < 65_536 ? port : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return id + " at " + address.host() + ":" + address.port();
  }
}
