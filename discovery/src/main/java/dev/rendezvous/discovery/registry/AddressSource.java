package dev.rendezvous.discovery.registry;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Services whose addresses somebody wrote down: a static list, or one gateway for all of them.
 *
 * <p>Names are resolved again every two seconds and after a refused connect. A name that cannot be
 * resolved keeps the addresses that it had.
 */
public final class AddressSource implements Source {

  private static final long RESOLVE_MILLIS = Duration.ofSeconds(2).toMillis();

  private final Vertx vertx;
  private final String name;
  private final HostNames names;
  private final Function<String, List<HostPort>> addresses;
  private final Set<String> services = new LinkedHashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private @Nullable Listener listener;
  private long timer = -1;

  private AddressSource(
      Vertx vertx, String name, HostNames names, Function<String, List<HostPort>> addresses) {
    this.vertx = vertx;
    this.name = name;
    this.names = names;
    this.addresses = addresses;
  }

  /** Each service at its own addresses; one that is not listed has none. */
  public static AddressSource fixed(
      Vertx vertx, HostNames names, Map<String, List<HostPort>> services) {
    return new AddressSource(
        vertx, "static", names, service -> services.getOrDefault(service, List.of()));
  }

  /** Every service behind the same address. */
  public static AddressSource gateway(Vertx vertx, HostNames names, HostPort gateway) {
    return new AddressSource(vertx, "gateway", names, service -> List.of(gateway));
  }

  @Override
  public void start(Listener newListener) {
    listener = newListener;
    timer = vertx.setPeriodic(RESOLVE_MILLIS, id -> services.forEach(this::resolve));
  }

  @Override
  public void watch(String service) {
    services.add(service);
    resolve(service);
  }

  @Override
  public void suspect(ServiceInstance instance) {
    boolean named =
        addresses.apply(instance.service()).stream()
            .anyMatch(address -> !NetUtil.isValidIpV4Address(address.host()));
    if (named) {
      resolve(instance.service());
    }
  }

  private void resolve(String service) {
    if (!underWay.add(service)) {
      return;
    }
    List<HostPort> wanted = addresses.apply(service);
    List<Future<List<String>>> answers =
        wanted.stream().map(address -> names.resolve(address.host())).toList();
    Future.join(answers)
        .onComplete(
            done -> {
              underWay.remove(service);
              report(service, wanted, answers);
            });
  }

  private void report(String service, List<HostPort> wanted, List<Future<List<String>>> answers) {
    if (listener == null) {
      return;
    }
    List<ServiceInstance> instances = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Future<List<String>> answer = answers.get(i);
      if (answer.failed()) {
        listener.failed(service, unresolved(wanted.get(i), answer.cause()));
        return; // a list with a hole would look as if its instances had left
      }
      HostPort address = wanted.get(i);
      answer.result().forEach(ip -> instances.add(instance(service, address, ip)));
    }
    listener.heard(new ServiceNews(service, instances, name, 0, Instant.now()));
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    UnknownHostException failure = new UnknownHostException(address.host());
    failure.initCause(cause);
    return failure;
  }

  private static ServiceInstance instance(String service, HostPort address, String ip) {
    String id = new HostPort(ip, address.port()).toString();
    ServiceInstance plain = ServiceInstance.of(service, id, ip, address.port());
    return ip.equals(address.host())
        ? plain
        : new ServiceInstance(
            service, id, address.host(), "", plain.address(), 1, List.of(), Map.of());
  }

  @Override
  public Future<Void> close() {
    listener = null;
    vertx.cancelTimer(timer);
    names.close();
    return Future.succeededFuture();
  }
}
