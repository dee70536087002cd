package dev.rendezvous.discovery.consul;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.consul.ConsulServiceImporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One life of the stock importer, with a place of its own for its records.
 *
 * <p>The default backend of vertx-service-discovery is shared by the whole Vert.x; here, whatever
 * an importer leaves behind goes with it.
 */
final class BridgeImport implements ServicePublisher {

  private final Vertx vertx;
  private final Runnable changed;
  private final ConsulServiceImporter importer = new ConsulServiceImporter();
  private final Map<String, Record> records = new LinkedHashMap<>();

  BridgeImport(Vertx vertx, Runnable changed) {
    this.vertx = vertx;
    this.changed = changed;
  }

  /** Fails when the first scan does, or has no end within this time; then it is closed already. */
  Future<Void> start(JsonObject configuration, long atMostMillis) {
    Promise<Void> started = Promise.promise();
    importer.start(vertx, this, configuration, started);
    return started
        .future()
        .timeout(atMostMillis, TimeUnit.MILLISECONDS)
        .onFailure(failure -> started.future().onComplete(late -> close()));
  }

  Collection<Record> records() {
    return List.copyOf(records.values());
  }

  @Override
  public Future<Record> publish(Record record) {
    record.setRegistration(UUID.randomUUID().toString());
    records.put(record.getRegistration(), record);
    changed.run();
    return Future.succeededFuture(record);
  }

  @Override
  public Future<Void> unpublish(String id) {
    records.remove(id);
    changed.run();
    return Future.succeededFuture();
  }

  @Override
  public Future<Record> update(Record record) {
    records.put(record.getRegistration(), record);
    changed.run();
    return Future.succeededFuture(record);
  }

  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    importer.close(ignored -> closed.tryComplete());
    return closed.future();
  }
}
