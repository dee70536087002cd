package dev.rendezvous.playground;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which programs make up each variant, and how they are wired; whoever wants to see the difference
 * between the two finds it here: the value of {@code DISCOVERY_URL}, and one process.
 */
final class Blueprint {

  private final Options options;
  private final Ports ports;
  private final Launcher launcher;

  final PostgresServer usersDb;
  final PostgresServer ordersDb;
  final List<ServiceJar> users;
  final ServiceJar order;
  final @Nullable ServiceJar gateway;
  final @Nullable ConsulAgent consul;

  Blueprint(Options options, Launcher launcher) {
    this.options = options;
    this.ports = new Ports(options.portBase());
    this.launcher = launcher;
    this.usersDb = database("users-db", "users", ports.usersDatabase());
    this.ordersDb = database("orders-db", "orders", ports.ordersDatabase());
    this.users = IntStream.rangeClosed(1, options.users()).mapToObj(this::user).toList();
    this.order = order();
    this.gateway = options.hasGateway() ? gateway() : null;
    this.consul = options.hasConsul() ? consul() : null;
  }

  /** In the order in which they are started; they are ended the other way round, row by row. */
  List<List<Program>> rows() {
    List<Program> stores = new ArrayList<>(List.of(usersDb, ordersDb));
    if (consul != null) {
      stores.add(consul);
    }
    List<List<Program>> rows = new ArrayList<>(List.of(stores, List.copyOf(users), List.of(order)));
    if (gateway != null) {
      rows.add(List.of(gateway));
    }
    return rows;
  }

  List<ServiceJar> services() {
    List<ServiceJar> services = new ArrayList<>(users);
    services.add(order);
    if (gateway != null) {
      services.add(gateway);
    }
    return services;
  }

  /** The ports that this variant opens, by the name of what wants each. */
  Map<String, Integer> portsWanted() {
    Map<String, Integer> wanted = new LinkedHashMap<>(ports.all(options.users()));
    if (consul == null) {
      wanted.keySet().removeIf(name -> name.startsWith("consul"));
    }
    if (gateway == null) {
      wanted.keySet().removeIf(name -> name.startsWith("gateway"));
    }
    return wanted;
  }

  Path logs() {
    return options.data().resolve("logs");
  }

  private PostgresServer database(String name, String database, int port) {
    return new PostgresServer(
        name,
        port,
        new PostgresCluster(
            options.data().resolve(name),
            database,
            Cache.folder(),
            launcher,
            logs().resolve(name + "-setup.log")));
  }

  private ServiceJar user(int number) {
    return service(
        "user-" + number,
        "user-verticle/target/user-service.jar",
        ports.user(number),
        ports.userManagement(number),
        () -> Map.of("DATABASE_URL", usersDb.url(), "DISCOVERY_URL", servicesFindEachOther()));
  }

  private ServiceJar order() {
    return service(
        "order",
        "order-verticle/target/order-service.jar",
        ports.order(),
        ports.orderManagement(),
        () -> Map.of("DATABASE_URL", ordersDb.url(), "DISCOVERY_URL", servicesFindEachOther()));
  }

  /** One that shares the order service's database and nothing else with it. */
  ServiceJar orderBeside(String name, String discoveryUrl, int port) {
    return service(
        name,
        "order-verticle/target/order-service.jar",
        port,
        Ports.free(),
        () -> Map.of("DATABASE_URL", ordersDb.url(), "DISCOVERY_URL", discoveryUrl));
  }

  private ServiceJar gateway() {
    return service(
        "gateway",
        "gateway-verticle/target/gateway.jar",
        ports.gateway(),
        ports.gatewayManagement(),
        () -> Map.of("DISCOVERY_URL", gatewayFindsServices()));
  }

  private ServiceJar service(
      String name,
      String jar,
      int port,
      int managementPort,
      Supplier<Map<String, String>> particular) {
    String snapshot = options.data().resolve("snapshots").resolve(name + ".json").toString();
    return new ServiceJar(
        name,
        options.root().resolve(jar),
        port,
        managementPort,
        () -> {
          Map<String, String> environment = new LinkedHashMap<>(particular.get());
          environment.put("DISCOVERY_SNAPSHOT", snapshot);
          return environment;
        });
  }

  private ConsulAgent consul() {
    ConsulBinary binary =
        new ConsulBinary(
            options.root().resolve("playground/tools"),
            logs().resolve("consul-setup.log"),
            launcher);
    return new ConsulAgent(ports, options.data().resolve("consul"), binary);
  }

  private String servicesFindEachOther() {
    return switch (options.variant()) {
      case GATEWAY -> "http://127.0.0.1:" + ports.gateway();
      case DISCOVERY -> registry();
    };
  }

  private String registry() {
    return "consul://127.0.0.1:" + ports.consul() + "?source=" + options.source();
  }

  private String gatewayFindsServices() {
    if (options.hasConsul()) {
      return registry();
    }
    String userServices =
        IntStream.rangeClosed(1, options.users())
            .mapToObj(number -> "127.0.0.1:" + ports.user(number))
            .collect(Collectors.joining(","));
    return "static:user-service=" + userServices + ";order-service=127.0.0.1:" + ports.order();
  }
}
