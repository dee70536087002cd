package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.instance.InstanceJson;
import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good table on disk, for a start while the registry is away.
 *
 * <p>Replaced as a whole by a rename, so that a reader never sees half of it. A file that cannot be
 * read or belongs to another registry is passed over with one line in the log. Used from one
 * context; the disk is touched on a worker thread.
 */
final class SnapshotFile {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

  private final Vertx vertx;
  private final Path file;
  private final String registry;
  private @Nullable InstanceTable waiting;
  private Future<Void> written = Future.succeededFuture();

  SnapshotFile(Vertx vertx, Path file, String registry) {
    this.vertx = vertx;
    this.file = file;
    this.registry = registry;
  }

  /** What was known at the last save, by service; empty when there is nothing to be trusted. */
  Future<Map<String, ServiceNews>> load() {
    return vertx.executeBlocking(this::read);
  }

  private Map<String, ServiceNews> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      JsonObject json = new JsonObject(Files.readString(file));
      if (!registry.equals(json.getString("registry"))) {
        LOG.warn("snapshot {} is ignored: it belongs to another registry", file);
        return Map.of();
      }
      Map<String, ServiceNews> services = new LinkedHashMap<>();
      JsonObject all = json.getJsonObject("services");
      all.fieldNames().forEach(name -> services.put(name, news(name, all.getJsonObject(name))));
      return services;
    } catch (IOException | RuntimeException e) {
      LOG.warn("snapshot {} is ignored: {}", file, e.toString());
      return Map.of();
    }
  }

  private static ServiceNews news(String service, JsonObject json) {
    JsonArray instances = json.getJsonArray("instances");
    return new ServiceNews(
        service,
        instances.stream().map(one -> InstanceJson.read(service, (JsonObject) one)).toList(),
        "snapshot",
        0,
        Instant.parse(json.getString("heard")));
  }

  /** Saves this table soon; of several that wait only the newest is written. */
  void save(InstanceTable table) {
    waiting = table;
    if (written.isComplete()) {
      Promise<Void> done = Promise.promise();
      written = done.future();
      writeWaiting(done);
    }
  }

  private void writeWaiting(Promise<Void> done) {
    InstanceTable table = waiting;
    waiting = null;
    if (table == null) {
      done.complete();
    } else {
      vertx.executeBlocking(() -> write(table)).onComplete(ignored -> writeWaiting(done));
    }
  }

  private @Nullable Void write(InstanceTable table) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new");
      Files.writeString(fresh, json(table).encodePrettily());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("snapshot {} cannot be written: {}", file, e.toString());
    }
    return null;
  }

  private JsonObject json(InstanceTable table) {
    JsonObject services = new JsonObject();
    for (String service : table.services()) {
      ServiceNews news = table.news(service);
      if (news != null) {
        List<JsonObject> instances = news.instances().stream().map(InstanceJson::write).toList();
        services.put(
            service,
            new JsonObject()
                .put("heard", news.heard().toString())
                .put("instances", new JsonArray(instances)));
      }
    }
    return new JsonObject().put("registry", registry).put("services", services);
  }

  /** Completes when everything that was to be saved is written. */
  Future<Void> idle() {
    return written;
  }
}
