package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the answer of {@code /v1/health/service/NAME} (Consul's HTTP API). */
final class HealthEntries {

  private static final Logger LOG = LoggerFactory.getLogger(HealthEntries.class);

  private HealthEntries() {}

  /**
   * The instances; one without a usable address is left out with a line in the log.
   *
   * @throws RuntimeException when this is no such answer
   */
  static List<ServiceInstance> parse(String service, Buffer body) {
    List<ServiceInstance> instances = new ArrayList<>();
    for (Object entry : new JsonArray(body)) {
      JsonObject json = (JsonObject) entry;
      JsonObject node = json.getJsonObject("Node");
      JsonObject described = json.getJsonObject("Service");
      String own = described.getString("Address", "");
      String host = own.isEmpty() ? node.getString("Address", "") : own;
      int port = described.getInteger("Port", 0);
      if (host.isEmpty() || port < 1 || port > 65_535) {
        LOG.warn("{}: {} has no usable address", service, described.getString("ID"));
      } else {
        instances.add(
            instance(service, node, described, SocketAddress.inetSocketAddress(port, host)));
      }
    }
    return instances;
  }

  private static ServiceInstance instance(
      String service, JsonObject node, JsonObject described, SocketAddress address) {
    return new ServiceInstance(
        service,
        described.getString("ID"),
        node.getString("Node", ""),
        node.getString("Datacenter", ""),
        address,
        orEmpty(described.getJsonObject("Weights")).getInteger("Passing", 1),
        tags(described.getJsonArray("Tags")),
        pairs(orEmpty(described.getJsonObject("Meta"))));
  }

  /** Consul writes null for what is empty. */
  static JsonObject orEmpty(@Nullable JsonObject object) {
    return object == null ? new JsonObject() : object;
  }

  static List<String> tags(@Nullable JsonArray tags) {
    return tags == null ? List.of() : tags.stream().map(Object::toString).toList();
  }

  static Map<String, String> pairs(JsonObject object) {
    Map<String, String> pairs = new LinkedHashMap<>();
    object.forEach(entry -> pairs.put(entry.getKey(), String.valueOf(entry.getValue())));
    return pairs;
  }
}
