package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.servicediscovery.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bridge that comes with vertx-service-discovery, kept from doing harm.
 *
 * <p>The stock importer dies for ever when Consul is down at its start, never sees a changed
 * address, and forgets records that it published, which then stay. So it is never trusted for long:
 * a new importer begins with nothing now and then, and at once when duplicates give orphans away.
 * The old one serves until the new one has its first news.
 */
public final class ConsulBridge implements Source {

  /** How long one importer is trusted: each renewal costs the agents one scan more. */
  public static final Duration RENEWAL = Duration.ofSeconds(10);

  private static final long START_MILLIS = Duration.ofSeconds(3).toMillis();
  private static final long COALESCE_MILLIS = 20;

  private final Vertx vertx;
  private final Duration renewal;
  private final JsonObject configuration;
  private final Set<String> services = new LinkedHashSet<>();
  private final Backoff backoff = new Backoff(limit -> ThreadLocalRandom.current().nextLong(limit));
  private @Nullable Listener listener;
  private @Nullable BridgeImport current;
  private boolean starting;
  private boolean reporting;
  private long timer = -1;

  /** A source that has not asked anything yet; an importer is replaced after {@code renewal}. */
  public ConsulBridge(Vertx vertx, ConsulTarget target, Duration renewal) {
    this.vertx = vertx;
    this.renewal = renewal;
    this.configuration =
        new JsonObject().put("host", target.agent().host()).put("port", target.agent().port());
    if (!target.datacenter().isEmpty()) {
      configuration.put("dc", target.datacenter());
    }
    if (target.token() != null) {
      configuration.put("acl_token", target.token());
    }
  }

  @Override
  public void start(Listener newListener) {
    listener = newListener;
    renew();
  }

  @Override
  public void watch(String service) {
    services.add(service);
    reportSoon();
  }

  private void renew() {
    if (starting || listener == null) {
      return;
    }
    starting = true;
    vertx.cancelTimer(timer);
    BridgeImport fresh = new BridgeImport(vertx, this::reportSoon);
    fresh
        .start(configuration.copy(), START_MILLIS)
        .onComplete(done -> replace(fresh), this::failed);
  }

  private void replace(BridgeImport fresh) {
    starting = false;
    BridgeImport old = current;
    if (listener == null) {
      fresh.close();
      return;
    }
    current = fresh;
    backoff.reset();
    if (old != null) {
      old.close();
    }
    reportSoon();
    timer = vertx.setTimer(renewal.toMillis(), id -> renew());
  }

  private void failed(Throwable cause) {
    starting = false;
    if (listener != null) {
      for (String service : services) {
        listener.failed(service, cause);
      }
      timer = vertx.setTimer(untilNextTry(cause), id -> renew());
    }
  }

  /**
   * The stock client has no time-out, so what hangs keeps its connection: not too many of those.
   */
  private long untilNextTry(Throwable cause) {
    return cause instanceof TimeoutException ? renewal.toMillis() : backoff.next();
  }

  /** A scan publishes one record after the other; what belongs together is reported together. */
  private void reportSoon() {
    if (!reporting) {
      reporting = true;
      vertx.setTimer(COALESCE_MILLIS, id -> report());
    }
  }

  private void report() {
    reporting = false;
    BridgeImport source = current;
    if (source == null || listener == null) {
      return;
    }
    Collection<Record> records = source.records();
    for (String service : services) {
      List<ServiceInstance> all = instances(service, records).toList();
      List<ServiceInstance> distinct = all.stream().distinct().toList();
      if (distinct.size() < all.size()) {
        renew();
      }
      listener.heard(new ServiceNews(service, distinct, "bridge", 0, Instant.now()));
    }
  }

  private static Stream<ServiceInstance> instances(String service, Collection<Record> records) {
    return records.stream()
        .filter(record -> service.equals(record.getName()))
        .filter(record -> record.getLocation().getInteger("port", 0) > 0)
        .map(ConsulBridge::instance);
  }

  private static ServiceInstance instance(Record record) {
    JsonObject location = record.getLocation();
    JsonObject metadata = record.getMetadata();
    return new ServiceInstance(
        record.getName(),
        metadata.getString("ServiceID"),
        "",
        "",
        SocketAddress.inetSocketAddress(location.getInteger("port"), location.getString("host")),
        1,
        HealthEntries.tags(metadata.getJsonArray("ServiceTags")),
        HealthEntries.pairs(HealthEntries.orEmpty(metadata.getJsonObject("ServiceMeta"))));
  }

  @Override
  public Future<Void> close() {
    listener = null;
    vertx.cancelTimer(timer);
    BridgeImport last = current;
    current = null;
    return last == null ? Future.succeededFuture() : last.close();
  }
}
