package dev.rendezvous.discovery.instance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance as JSON and back; reading checks everything that is read. */
public final class InstanceJson {

  private InstanceJson() {}

  /** All that is known of an instance but its service. */
  public static JsonObject write(ServiceInstance instance) {
    return new JsonObject()
        .put("id", instance.id())
        .put("node", instance.node())
        .put("datacenter", instance.datacenter())
        .put("host", instance.host())
        .put("port", instance.port())
        .put("weight", instance.weight())
        .put("tags", new JsonArray(instance.tags()))
        .put("metadata", new JsonObject(new LinkedHashMap<String, Object>(instance.metadata())));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when something is missing or no instance could have it
   */
  public static ServiceInstance read(String service, JsonObject json) {
    try {
      String host = json.getString("host", "");
      int port = json.getInteger("port", 0);
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("no address: " + json.encode());
      }
      return new ServiceInstance(
          service,
          json.getString("id", host + ":" + port),
          json.getString("node", ""),
          json.getString("datacenter", ""),
          SocketAddress.inetSocketAddress(port, host),
          json.getInteger("weight", 1),
          strings(json.getJsonArray("tags", new JsonArray())),
          pairs(json.getJsonObject("metadata", new JsonObject())));
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("not an instance: " + json.encode(), e);
    }
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(Object::toString).toList();
  }

  private static Map<String, String> pairs(JsonObject object) {
    Map<String, String> pairs = new LinkedHashMap<>();
    object.forEach(entry -> pairs.put(entry.getKey(), entry.getValue().toString()));
    return pairs;
  }
}
