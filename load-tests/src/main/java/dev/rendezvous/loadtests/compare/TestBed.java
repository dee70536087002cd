package dev.rendezvous.loadtests.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Ports;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxyRoute;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Options;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is compared, running side by side: the gateway's system and the registry's. The
 * first also has an order service that knows the user services' addresses, which is the base line,
 * and one behind nginx where that is on PATH; all of these share user services and databases.
 */
final class TestBed implements AutoCloseable {

  private static final String ORDER_DIRECT = "order-direct";
  private static final String ORDER_NGINX = "order-nginx";
  private static final List<String> STORES = List.of("users-db", "orders-db");
  private static final List<String> USERS = List.of("user-1", "user-2");

  private final Path root;
  private final Path data;
  private final List<Playground> open = new ArrayList<>();
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable RunningProxy nginx;
  private boolean closed;

  /**
   * @param data where both systems keep their databases and logs
   */
  TestBed(Path root, Path data) {
    this.root = root;
    this.data = data;
  }

  /** A system on ports of its own, started, and ended with this at the latest. */
  Playground system(Variant variant, String folder, int users) {
    Playground playground;
    synchronized (this) {
      if (closed) {
        throw new RunFailure("it is ending");
      }
      Options options = Options.of(variant, root, data.resolve(folder)).withUsers(users);
      playground = Playground.create(options.onFreePorts(), text -> {});
      open.add(playground);
    }
    playground.start();
    return playground;
  }

  /** The base line, our gateway, and nginx where it is there. */
  List<Target> behindGateway(Playground system) throws IOException {
    List<URI> users = USERS.stream().map(user -> address(system, user)).toList();
    List<Address> userAddresses =
        users.stream().map(user -> Address.local(user.getPort())).toList();
    Part direct =
        system.addOrder(
            ORDER_DIRECT,
            "static:user-service="
                + String.join(",", users.stream().map(URI::getAuthority).toList()),
            Ports.free());
    List<Target> targets = new ArrayList<>();
    targets.add(
        target(
            Results.DIRECT,
            users,
            URI.create(direct.address()),
            system,
            parts(system, ORDER_DIRECT)));
    URI gateway = address(system, "gateway");
    targets.add(
        target(
            Results.GATEWAY, List.of(gateway), gateway, system, parts(system, "order", "gateway")));
    if (ProxyName.NGINX.isAvailable()) {
      targets.add(behindNginx(system, userAddresses));
    }
    return targets;
  }

  /** nginx has one route more than it needs at first: the order service comes after it. */
  private Target behindNginx(Playground system, List<Address> userAddresses) throws IOException {
    int orderPort = Ports.free();
    RunningProxy proxy =
        RunningProxy.start(
            ProxyName.NGINX,
            ProxySettings.inFrontOf(
                List.of(
                    new ProxyRoute("/users", userAddresses),
                    new ProxyRoute("/orders", Address.local(orderPort)))));
    nginx = proxy;
    for (long pid : proxy.processIds()) {
      system.guard(pid);
    }
    URI entry = URI.create("http://" + proxy.address());
    system.addOrder(ORDER_NGINX, entry.toString(), orderPort);
    Map<String, Part> parts = parts(system, ORDER_NGINX);
    return new Target(
        Results.NGINX,
        List.of(entry),
        entry,
        "gateway",
        management(system),
        () -> {
          Map<String, List<Long>> all = pids(parts);
          all.put("nginx", proxy.processIds());
          return all;
        });
  }

  /** Its clients have asked Consul for the user services' addresses. */
  Target behindRegistry(Playground system) throws IOException {
    String url = system.part("consul").address() + "/v1/health/service/user-service?passing";
    List<URI> users = new ArrayList<>();
    for (JsonNode entry : json.readTree(new Client().get(url).body())) {
      JsonNode service = entry.path("Service");
      users.add(
          URI.create(
              "http://" + service.path("Address").asText() + ":" + service.path("Port").asInt()));
    }
    if (users.size() != USERS.size()) {
      throw new RunFailure("Consul knows " + users + " and not " + USERS);
    }
    return target(
        Results.DISCOVERY,
        users,
        address(system, "order"),
        system,
        parts(system, "order", "consul"));
  }

  private static Target target(
      String name, List<URI> users, URI orders, Playground system, Map<String, Part> parts) {
    return new Target(
        name,
        users,
        orders,
        system.variant() == Variant.GATEWAY ? "gateway" : "discovery",
        management(system),
        () -> pids(parts));
  }

  private static Map<String, String> management(Playground system) {
    Map<String, String> all = new LinkedHashMap<>();
    USERS.forEach(user -> all.put(user, system.management(user)));
    return all;
  }

  /** The user services, both databases, and what else a variant consists of. */
  private static Map<String, Part> parts(Playground system, String... others) {
    Map<String, Part> parts = new LinkedHashMap<>();
    Stream.of(USERS, STORES, List.of(others))
        .flatMap(List::stream)
        .forEach(name -> parts.put(name, system.part(name)));
    return parts;
  }

  private static Map<String, List<Long>> pids(Map<String, Part> parts) {
    Map<String, List<Long>> pids = new LinkedHashMap<>();
    parts.forEach((name, part) -> pids.put(name, part.pid().stream().boxed().toList()));
    return pids;
  }

  private static URI address(Playground system, String part) {
    return URI.create(system.part(part).address());
  }

  /** Ends a system before the others. */
  void end(Playground system) {
    system.close();
    synchronized (this) {
      open.remove(system);
    }
  }

  /** Ends nginx, whose place in the comparison ends before the drills. */
  void endNginx() throws IOException {
    RunningProxy running = nginx;
    nginx = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    List<Playground> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open);
      open.clear();
    }
    try {
      endNginx();
    } catch (IOException e) {
      System.err.println("nginx left files behind: " + e.getMessage());
    }
    left.parallelStream().forEach(Playground::close);
  }
}
