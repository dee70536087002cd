package dev.rendezvous.discovery;

import dev.rendezvous.discovery.directory.Change;
import dev.rendezvous.discovery.directory.Directory;
import dev.rendezvous.discovery.instance.InstanceKey;
import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.Status;
import io.vertx.servicediscovery.spi.ServiceImporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every instance of the table as a record of vertx-service-discovery, with its announce
 * events, for whoever wants them.
 *
 * <p>Records follow the table one change after the other; calls never read them.
 */
final class RecordImporter implements ServiceImporter {

  private static final Logger LOG = LoggerFactory.getLogger(RecordImporter.class);

  private final Directory directory;
  private final Context context;
  private final Consumer<Change> follow = this::follow;
  private final Map<Name, Future<Record>> published = new HashMap<>();
  private @Nullable ServicePublisher publisher;

  private record Name(String service, InstanceKey key) {}

  RecordImporter(Directory directory, Context context) {
    this.directory = directory;
    this.context = context;
  }

  @Override
  public void start(
      Vertx vertx, ServicePublisher target, JsonObject configuration, Promise<Void> started) {
    context.runOnContext(
        ignored -> {
          publisher = target;
          directory.table().services().stream()
              .flatMap(service -> directory.table().instances(service).stream())
              .forEach(instance -> follow(new Change(Change.Kind.ADDED, instance)));
          directory.onChange(follow);
          Future.join(List.copyOf(published.values())).<Void>mapEmpty().onComplete(started);
        });
  }

  private void follow(Change change) {
    ServicePublisher target = publisher;
    if (target == null) {
      return;
    }
    ServiceInstance instance = change.instance();
    Name name = new Name(instance.service(), instance.key());
    switch (change.kind()) {
      case ADDED -> published.put(name, target.publish(record(instance)));
      case MOVED, UPDATED ->
          published.computeIfPresent(name, (n, old) -> update(target, old, instance));
      case REMOVED -> {
        Future<Record> old = published.remove(name);
        if (old != null) {
          unpublish(target, old);
        }
      }
    }
  }

  private static Future<Record> update(
      ServicePublisher target, Future<Record> old, ServiceInstance instance) {
    return old.compose(
        record -> target.update(record(instance).setRegistration(record.getRegistration())));
  }

  private static Future<Void> unpublish(ServicePublisher target, Future<Record> old) {
    return old.compose(record -> target.unpublish(record.getRegistration()))
        .onFailure(failure -> LOG.warn("a record could not be removed", failure));
  }

  private static Record record(ServiceInstance instance) {
    JsonObject metadata = new JsonObject(new HashMap<String, Object>(instance.metadata()));
    Record record =
        HttpEndpoint.createRecord(
            instance.service(),
            instance.host(),
            instance.port(),
            "/",
            metadata
                .put("id", instance.id())
                .put("node", instance.node())
                .put("datacenter", instance.datacenter())
                .put("weight", instance.weight())
                .put("tags", new JsonArray(instance.tags())));
    return record.setStatus(Status.UP); // an update would not set it, and hide the record
  }

  @Override
  public void close(@Nullable Handler<Void> closed) {
    context.runOnContext(
        ignored -> {
          ServicePublisher target = publisher;
          directory.removeListener(follow);
          publisher = null;
          List<Future<Void>> gone = new ArrayList<>();
          if (target != null) {
            published.values().forEach(old -> gone.add(unpublish(target, old)));
          }
          published.clear();
          Future.join(gone)
              .onComplete(
                  done -> {
                    if (closed != null) {
                      closed.handle(null);
                    }
                  });
        });
  }
}
