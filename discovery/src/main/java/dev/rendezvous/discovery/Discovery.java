package dev.rendezvous.discovery;

import dev.rendezvous.discovery.call.Answer;
import dev.rendezvous.discovery.call.Attempt;
import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.discovery.call.CallEngine;
import dev.rendezvous.discovery.consul.ConsulBridge;
import dev.rendezvous.discovery.consul.ConsulRegistrar;
import dev.rendezvous.discovery.consul.ConsulTarget;
import dev.rendezvous.discovery.consul.ConsulWatch;
import dev.rendezvous.discovery.directory.Change;
import dev.rendezvous.discovery.directory.Directory;
import dev.rendezvous.discovery.directory.Prober;
import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.registry.AddressSource;
import dev.rendezvous.discovery.registry.Registrar;
import dev.rendezvous.discovery.registry.Source;
import dev.rendezvous.discovery.registry.SystemHostNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.spi.ServiceImporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the other services.
 *
 * <p>Calls read one immutable table and never wait for a registry. Safe from any thread.
 */
public final class Discovery {

  /** The request header that names the service that is meant; another service answers 421. */
  public static final String SERVICE_HEADER = "Rendezvous-Service";

  private static final Duration START_AT_MOST = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 250;
  private static final long FORGET_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Vertx vertx;
  private final DiscoveryUrl url;
  private final DiscoveryOptions options;
  private final Context context;
  private final Prober prober;
  private final Directory directory;
  private final CallEngine engine;
  private final Way way;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private final Set<String> listenedFor = new HashSet<>();
  private final AtomicBoolean registering = new AtomicBoolean();
  private long lookTimer = -1;
  private long forgetTimer = -1;
  private boolean started;
  private volatile @Nullable Map<String, String> checkPaths;

  /** How to hear of others and how to be heard of. */
  private record Way(Source source, Registrar registrar) {}

  private Discovery(Vertx vertx, DiscoveryUrl url, DiscoveryOptions options) {
    this.vertx = vertx;
    this.url = url;
    this.options = options;
    this.context = vertx.getOrCreateContext();
    this.prober = new Prober(vertx);
    this.directory = new Directory(vertx, prober, options.meters(), options.nanos());
    this.way = way(url);
    this.engine =
        new CallEngine(directory::table, this::suspect, options.meters(), options.nanos());
  }

  /** Prepares everything and opens no connection yet. */
  public static Discovery create(Vertx vertx, DiscoveryUrl url, DiscoveryOptions options) {
    return new Discovery(vertx, url, options);
  }

  /** The whole difference between an API gateway and a service registry, as a caller sees it. */
  private Way way(DiscoveryUrl target) {
    if (target instanceof DiscoveryUrl.Gateway gateway) {
      return new Way(
          AddressSource.gateway(vertx, new SystemHostNames(context), gateway.address()),
          Registrar.none());
    }
    if (target instanceof DiscoveryUrl.FixedList list) {
      return new Way(
          AddressSource.fixed(vertx, new SystemHostNames(context), list.services()),
          Registrar.none());
    }
    DiscoveryUrl.Consul url = (DiscoveryUrl.Consul) target;
    ConsulTarget consul =
        new ConsulTarget(
            url.agent(), url.tls(), url.datacenter(), options.token(), options.caFile());
    return new Way(
        url.bridge()
            ? new ConsulBridge(vertx, consul, ConsulBridge.RENEWAL)
            : new ConsulWatch(vertx, consul, options.nanos()),
        new ConsulRegistrar(vertx, consul, prober::isReady));
  }

  /**
   * Begins to listen; completes with the first news (or what the snapshot knows) of all services
   * watched so far, after 2 s at the latest. Never fails because a registry is away.
   */
  public Future<Void> start() {
    return onContext(
        () -> {
          Path file = options.snapshot();
          Future<Void> recalled =
              file == null
                  ? Future.succeededFuture()
                  : directory.keepIn(file, url.toString()).otherwiseEmpty();
          return recalled.compose(done -> listen());
        });
  }

  private Future<Void> listen() {
    started = true;
    directory.onChange(this::changed);
    directory.start();
    way.source().start(directory);
    watched.forEach(this::listenFor);
    lookTimer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
    forgetTimer = vertx.setPeriodic(FORGET_MILLIS, id -> engine.forgetUnused());
    return directory.settled(Set.copyOf(watched), START_AT_MOST);
  }

  private void changed(Change change) {
    if (change.kind() == Change.Kind.ADDED || change.kind() == Change.Kind.MOVED) {
      engine.appeared(change.instance());
    }
  }

  /**
   * Looks at every instance from time to time: every 2 s or so, set aside after 3 checks without a
   * good answer, used again after 2 with one.
   *
   * @param paths where to ask instances that told no management port, by service; such a one is
   *     connected to where its service has no path here
   */
  public void check(Map<String, String> paths) {
    checkPaths = Map.copyOf(paths);
  }

  private void look() {
    engine.probeEjected(this::answers);
    Map<String, String> paths = checkPaths;
    if (paths != null) {
      engine.check(instance -> passes(instance, paths.get(instance.service())));
    }
  }

  private Future<Boolean> passes(ServiceInstance instance, @Nullable String path) {
    return (path == null ? prober.probe(instance) : prober.probe(instance, path))
        .map(finding -> finding == Prober.Finding.ANSWERS);
  }

  private Future<Boolean> answers(ServiceInstance instance) {
    return prober.probe(instance).map(finding -> finding == Prober.Finding.ANSWERS);
  }

  /** Wants this service's instances in the table; a first {@link #call} does so, too. */
  public void watch(String service) {
    if (watched.add(service)) {
      context.runOnContext(
          ignored -> {
            if (started) {
              listenFor(service);
            }
          });
    }
  }

  private void listenFor(String service) {
    if (listenedFor.add(service)) {
      directory.expect(service);
      way.source().watch(service);
    }
  }

  private void suspect(ServiceInstance instance) {
    context.runOnContext(
        ignored -> {
          directory.suspect(instance);
          way.source().suspect(instance);
        });
  }

  /** The current table: immutable, and the same object until something changes. */
  public InstanceTable table() {
    return directory.table();
  }

  /**
   * Picks an instance, sends, judges, and perhaps picks another.
   *
   * <p>Fails with a {@link dev.rendezvous.discovery.call.CallFailure}, or with the attempt's own
   * failure when that did not come from the network.
   */
  public <R> Future<Answer<R>> call(Call call, Attempt<R> attempt) {
    if (table().news(call.service()) == null) {
      watch(call.service());
    }
    return engine.call(call, attempt);
  }

  /**
   * Makes this instance known and keeps it known, until {@link #deregister}; does nothing where the
   * URL is not a registry's.
   *
   * <p>Call it on the event loop that serves: the beat comes from there, so that a blocked loop
   * falls silent. Where several serve, the first to call is the one that beats. Completes after the
   * first try; a registry that is away is tried again every second.
   */
  public Future<Void> register(Registration registration) {
    return registering.compareAndSet(false, true)
        ? way.registrar().register(registration)
        : Future.succeededFuture();
  }

  /** Leaves the registry and completes when others have had the time to hear of it. */
  public Future<Void> deregister() {
    registering.set(false);
    return way.registrar().deregister();
  }

  /** The table and all that is known about it, for people. */
  public JsonObject describe() {
    return new Description(url, directory, engine, way.registrar()).json();
  }

  /** A bridge that keeps a vertx-service-discovery's records equal to the table. */
  public ServiceImporter importer() {
    return new RecordImporter(directory, context);
  }

  /** Stops listening and probing; a registration stays as it is. */
  public Future<Void> close() {
    return onContext(
        () -> {
          vertx.cancelTimer(lookTimer);
          vertx.cancelTimer(forgetTimer);
          return Future.join(way.source().close(), way.registrar().close())
              .transform(done -> directory.close());
        });
  }

  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(ignored -> action.get().onComplete(promise));
    return promise.future();
  }
}
