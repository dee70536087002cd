package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.call.Picker.Pick;
import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls to the instances of a table and remembers how each address fared.
 *
 * <p>Safe from any thread: event loops share the statistics without locks on the usual path.
 */
public final class CallEngine {

  private static final Logger LOG = LoggerFactory.getLogger(CallEngine.class);
  private static final long PROBE_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<InstanceTable> table;
  private final Consumer<ServiceInstance> refused;
  private final MeterRegistry meters;
  private final LongSupplier nanos;
  private final Picker picker = new Picker(ThreadLocalRandom::current);
  private final Map<SocketAddress, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, Rotation> rotations = new ConcurrentHashMap<>();
  private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();

  /** The targets made of one list of the table, kept as long as the list is. */
  private record Rotation(List<ServiceInstance> instances, List<Target> targets) {}

  /**
   * An engine over whatever table is current.
   *
   * @param table the current table
   * @param refused hears of every instance that refused a connection
   * @param nanos a clock that never goes back
   */
  public CallEngine(
      Supplier<InstanceTable> table,
      Consumer<ServiceInstance> refused,
      MeterRegistry meters,
      LongSupplier nanos) {
    this.table = table;
    this.refused = refused;
    this.meters = meters;
    this.nanos = nanos;
  }

  /**
   * Sends one call until it has its answer or no try is left.
   *
   * <p>Fails with a {@link CallFailure}, or with the attempt's own failure when that did not come
   * from the network.
   */
  public <R> Future<Answer<R>> call(Call call, Attempt<R> attempt) {
    return new Exchange<>(this, call, attempt).start();
  }

  /** An instance appeared there: an ejection of its address was about a process that has ended. */
  public void appeared(ServiceInstance instance) {
    Endpoint known = endpoints.get(instance.address());
    if (known != null) {
      known.startAfresh();
    }
  }

  /** Forgets addresses that no instance has any more and no call uses. */
  public void forgetUnused() {
    InstanceTable current = table.get();
    endpoints
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().inFlight() == 0
                    && current.services().stream()
                        .flatMap(service -> current.instances(service).stream())
                        .noneMatch(instance -> instance.address().equals(entry.getKey())));
  }

  /**
   * Looks whether ejected instances whose time is over are there again, before a call finds out.
   *
   * @param probe whether an instance answers; must not fail
   */
  public void probeEjected(Function<ServiceInstance, Future<Boolean>> probe) {
    for (Rotation rotation : rotations.values()) {
      for (Target target : rotation.targets()) {
        Ejection ejection = target.endpoint().ejection;
        if (ejection.awaitsProbe(now())) {
          ejection.postpone(now() + PROBE_AGAIN_NANOS);
          probe.apply(target.instance()).onSuccess(answers -> vouch(ejection, answers));
        }
      }
    }
  }

  /**
   * Looks at every instance whose check is due, so that one that died is set aside before a call
   * finds out, and one that came back is used again without a call being risked.
   *
   * @param probe whether an instance answers; must not fail, nor take longer than a second
   */
  public void check(Function<ServiceInstance, Future<Boolean>> probe) {
    InstanceTable current = table.get();
    for (String service : current.services()) {
      for (ServiceInstance instance : current.instances(service)) {
        Target target = target(instance);
        if (target.endpoint().check.begin(now(), ThreadLocalRandom.current().nextDouble())) {
          probe.apply(instance).onSuccess(answers -> checked(service, target, answers));
        }
      }
    }
  }

  private void checked(String service, Target target, boolean answers) {
    Endpoint endpoint = target.endpoint();
    Ejection ejection = endpoint.ejection;
    switch (endpoint.check.ended(answers)) {
      case DOWN -> {
        if (!ejection.isEjected()) {
          failed(service, target, Ejection.Fault.REFUSED, now());
        }
      }
      // Time-outs and gateway errors are not what a check can see; calls tell when they are over.
      case UP -> {
        if (ejection.reason() == Ejection.Fault.REFUSED && ejection.clear()) {
          endpoint.latency.reset();
          LOG.info("{}: {} answers checks again", service, target.instance());
        }
      }
      case UNDECIDED -> {}
    }
  }

  private void vouch(Ejection ejection, boolean answers) {
    if (answers) {
      ejection.postpone(now());
      ejection.vouch();
    }
  }

  /** What is known of an instance's address, for people. */
  public JsonObject describe(ServiceInstance instance) {
    Endpoint endpoint = endpoint(instance);
    Ejection ejection = endpoint.ejection;
    double latency = endpoint.latency.expected(now());
    return new JsonObject()
        .put("state", ejection.isEjected() ? "ejected" : "in_rotation")
        .put("latency_ms", Double.isNaN(latency) ? null : Math.round(latency / 1e3) / 1e3)
        .put("in_flight", endpoint.inFlight())
        .put("ejections", ejection.count())
        .put("ejected_for_ms", ejection.remaining(now()) / 1_000_000);
  }

  long now() {
    return nanos.getAsLong();
  }

  Traffic traffic(String service) {
    Traffic known = traffic.get(service);
    return known != null
        ? known
        : traffic.computeIfAbsent(service, name -> new Traffic(name, meters, nanos));
  }

  @Nullable Pick pick(Call call, List<Endpoint> tried) {
    return picker.pick(targets(call.service()), tried, call.retryable(), now());
  }

  @Nullable Pick lastResort(Call call, List<Endpoint> tried) {
    return picker.lastResort(targets(call.service()), tried, call.retryable());
  }

  void refused(ServiceInstance instance) {
    refused.accept(instance);
  }

  void failed(String service, Target target, Ejection.Fault fault, long started) {
    if (target.endpoint().ejection.failed(fault, started, now())) {
      traffic(service).ejections.increment();
      LOG.warn(
          "{}: {} set aside for {} s: {}",
          service,
          target.instance(),
          Math.round(target.endpoint().ejection.remaining(now()) / 1e9),
          fault);
    }
  }

  void succeeded(String service, Target target, long started) {
    Endpoint endpoint = target.endpoint();
    if (endpoint.ejection.succeeded(started)) {
      endpoint.latency.reset();
      LOG.info("{}: {} is back", service, target.instance());
    }
    long now = now();
    endpoint.latency.observe(now - started, now);
  }

  private List<Target> targets(String service) {
    List<ServiceInstance> instances = table.get().instances(service);
    Rotation rotation = rotations.get(service);
    if (rotation == null || rotation.instances() != instances) {
      rotation = new Rotation(instances, instances.stream().map(this::target).toList());
      rotations.put(service, rotation);
    }
    return rotation.targets();
  }

  private Target target(ServiceInstance instance) {
    return new Target(instance, endpoint(instance));
  }

  private Endpoint endpoint(ServiceInstance instance) {
    return endpoints.computeIfAbsent(instance.address(), address -> new Endpoint());
  }
}
