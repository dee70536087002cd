package dev.rendezvous.discovery;

import dev.rendezvous.discovery.call.CallEngine;
import dev.rendezvous.discovery.directory.Directory;
import dev.rendezvous.discovery.instance.InstanceJson;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.Registrar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of discovery as JSON, for the management port. */
record Description(DiscoveryUrl url, Directory directory, CallEngine engine, Registrar registrar) {

  JsonObject json() {
    Map<String, String> errors = directory.lastErrors();
    JsonObject services = new JsonObject();
    directory.table().services().stream()
        .sorted()
        .forEach(name -> services.put(name, service(name, errors.get(name))));
    errors.forEach(
        (name, error) -> {
          if (!services.containsKey(name)) {
            services.put(name, new JsonObject().put("last_error", error));
          }
        });
    return new JsonObject()
        .put("url", url.toString())
        .put("state", errors.isEmpty() ? "in_touch" : "degraded")
        .put("last_error", errors.values().stream().findFirst().orElse(null))
        .put("registration", registrar.describe())
        .put("services", services);
  }

  private JsonObject service(String name, @Nullable String error) {
    ServiceNews news = directory.table().news(name);
    if (news == null) {
      return new JsonObject();
    }
    JsonArray instances = new JsonArray();
    news.instances().forEach(instance -> instances.add(instance(instance)));
    return new JsonObject()
        .put("source", news.source())
        .put("index", news.index())
        .put("age_ms", Duration.between(news.heard(), Instant.now()).toMillis())
        .put("last_error", error)
        .put("instances", instances);
  }

  private JsonObject instance(ServiceInstance instance) {
    return InstanceJson.write(instance)
        .put("doubted", directory.isDoubted(instance))
        .mergeIn(engine.describe(instance));
  }
}
