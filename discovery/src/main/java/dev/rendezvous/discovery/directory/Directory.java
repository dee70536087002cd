package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.directory.Prober.Finding;
import dev.rendezvous.discovery.instance.InstanceKey;
import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns news into the table that requests read.
 *
 * <p>Every update becomes visible as one new table or not at all. Only {@link #table}, {@link
 * #lastErrors} and {@link #isDoubted} may be called off its context.
 */
public final class Directory implements Source.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
  private static final long PROBE_MILLIS = Duration.ofSeconds(1).toMillis();

  private final Vertx vertx;
  private final Prober prober;
  private final DirectoryMeters meters;
  private final LongSupplier nanos;
  private final Map<String, Belief> beliefs = new LinkedHashMap<>();
  private final Map<String, ServiceNews> remembered = new HashMap<>();
  private final Map<String, String> errors = new ConcurrentHashMap<>();
  private final Map<String, Set<InstanceKey>> doubted = new ConcurrentHashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> onPublish = new ArrayList<>();
  private @Nullable SnapshotFile snapshot;
  private volatile InstanceTable table = InstanceTable.EMPTY;
  private long timer = -1;

  /** A directory that knows nothing yet. */
  public Directory(Vertx vertx, Prober prober, MeterRegistry meters, LongSupplier nanos) {
    this.vertx = vertx;
    this.prober = prober;
    this.meters = new DirectoryMeters(meters, this::table);
    this.nanos = nanos;
  }

  /** What requests read. */
  public InstanceTable table() {
    return table;
  }

  /** Hears every change of an instance from now on, after the table has it. */
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Ends what {@link #onChange} began. */
  public void removeListener(Consumer<Change> listener) {
    listeners.remove(listener);
  }

  /**
   * Keeps the table in this file, and recalls from it what an earlier process knew.
   *
   * @param registry the name of the registry to which the news belongs
   */
  public Future<Void> keepIn(Path file, String registry) {
    SnapshotFile kept = new SnapshotFile(vertx, file, registry);
    snapshot = kept;
    return kept.load().onSuccess(remembered::putAll).mapEmpty();
  }

  /** Begins to doubt and to probe; news may come from now on. */
  public void start() {
    timer =
        vertx.setPeriodic(
            PROBE_MILLIS,
            id -> {
              beliefs.forEach(this::expire);
              beliefs.forEach(this::probeDoubted);
            });
  }

  /** A service of which news will come. */
  public void expect(String service) {
    Belief belief = belief(service);
    ServiceNews earlier = remembered.get(service);
    if (earlier != null) {
      belief.remember(earlier);
    }
  }

  /** Completes when something is known of all these services, or when this time is over. */
  public Future<Void> settled(Collection<String> services, Duration atMost) {
    Promise<Void> promise = Promise.promise();
    Runnable check =
        () -> {
          if (services.stream().allMatch(service -> table.news(service) != null)) {
            promise.tryComplete();
          }
        };
    onPublish.add(check);
    long limit = vertx.setTimer(atMost.toMillis(), id -> promise.tryComplete());
    check.run();
    return promise
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(limit);
              onPublish.remove(check);
            });
  }

  @Override
  public void heard(ServiceNews news) {
    String service = news.service();
    if (errors.remove(service) != null && errors.isEmpty()) {
      LOG.info("in touch with {} again", news.source());
    }
    Belief belief = belief(service);
    if (belief.hear(news, nanos.getAsLong())) {
      meters.disbelieved(service);
      LOG.warn(
          "{}: {} removed most instances at once; those that answer are kept up to {} s",
          service,
          news.source(),
          Belief.DOUBT_NANOS / 1_000_000_000);
    }
    publish(service, belief);
    probeDoubted(service, belief);
    belief.survivors().forEach(instance -> doubleCheck(service, belief, instance));
  }

  /** A call was refused there; whoever left lately may have to stand in. */
  public void suspect(ServiceInstance instance) {
    Belief belief = beliefs.get(instance.service());
    if (belief != null && belief.refused(instance, nanos.getAsLong())) {
      probeDoubted(instance.service(), belief);
    }
  }

  private void doubleCheck(String service, Belief belief, ServiceInstance instance) {
    prober
        .probe(instance)
        .onSuccess(
            finding -> {
              if (finding == Finding.REFUSES && belief.refused(instance, nanos.getAsLong())) {
                probeDoubted(service, belief);
              }
            });
  }

  @Override
  public void failed(String service, Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (errors.isEmpty()) {
      LOG.warn("no news about {}, the last stays in use: {}", service, reason);
    }
    boolean first = errors.put(service, reason) == null;
    if (first) {
      probeDoubted(service, belief(service));
    }
  }

  private Belief belief(String service) {
    return beliefs.computeIfAbsent(service, name -> new Belief());
  }

  private void expire(String service, Belief belief) {
    if (belief.doubted().isEmpty()) {
      return;
    }
    belief.expire(nanos.getAsLong());
    publish(service, belief);
  }

  private void probeDoubted(String service, Belief belief) {
    for (ServiceInstance instance : belief.doubted()) {
      prober
          .probe(instance)
          .onSuccess(
              finding -> {
                belief.found(instance, finding);
                publish(service, belief);
              });
    }
  }

  private void publish(String service, Belief belief) {
    ServiceNews believed = belief.believed();
    ServiceNews current = table.news(service);
    doubted.put(service, belief.doubtedKeys());
    if (believed == null || believed.equals(current)) {
      return;
    }
    List<ServiceInstance> before = table.instances(service);
    boolean same = before.equals(believed.instances());
    Map<String, ServiceNews> services = new HashMap<>();
    table.services().forEach(name -> services.put(name, table.news(name)));
    services.put(service, same ? believed.withInstances(before) : believed);
    table = new InstanceTable(services);
    meters.watch(service);
    if (!same) {
      Change.between(before, believed.instances()).forEach(change -> announce(service, change));
      if (snapshot != null) {
        snapshot.save(table);
      }
    }
    List.copyOf(onPublish).forEach(Runnable::run);
  }

  private void announce(String service, Change change) {
    LOG.info("{}: {} {}", service, change.instance(), change.kind());
    meters.changed(service, change.kind());
    for (Consumer<Change> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.error("a listener failed on {}", change, e);
      }
    }
  }

  /** Why a service could not be asked about the last time; absent when it could. */
  public Map<String, String> lastErrors() {
    return Map.copyOf(errors);
  }

  /** Whether this instance is used although the registry does not name it. */
  public boolean isDoubted(ServiceInstance instance) {
    return doubted.getOrDefault(instance.service(), Set.of()).contains(instance.key());
  }

  /** Stops probing; completes when the file is written. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    Future<Void> written = snapshot == null ? Future.succeededFuture() : snapshot.idle();
    return written.compose(done -> prober.close());
  }
}
