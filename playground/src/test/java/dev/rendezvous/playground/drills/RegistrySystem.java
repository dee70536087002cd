package dev.rendezvous.playground.drills;

import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Options;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The discovery variant with a gateway that asks the registry too, so that reads and writes both go
 * by way of discovery, and what can be seen of it from outside.
 */
final class RegistrySystem implements AutoCloseable {

  static final List<String> USERS = List.of("user-1", "user-2");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofMillis(800);
  private static final Pattern SERVED = counter("route=\"/users/:id\"");
  private static final Pattern MISDIRECTED = counter("status=\"421\"");

  private final Playground playground;
  private final Client client = new Client();
  private final Table order;
  private final Table gateway;

  private RegistrySystem(Playground playground) {
    this.playground = playground;
    this.order = new Table(playground.management("order"));
    this.gateway = new Table(playground.management("gateway"));
  }

  private static Pattern counter(String label) {
    return Pattern.compile(
        "(?m)^http_server_requests_seconds_count\\{.*" + label + ".*} ([0-9.]+)");
  }

  static RegistrySystem start(Path data, String source) {
    Path root = Path.of("").toAbsolutePath().getParent();
    Options options =
        Options.of(Variant.DISCOVERY, root, data).withSource(source).withGatewayOnRegistry();
    RegistrySystem system = new RegistrySystem(Playground.run(options));
    Outcome alice = system.client.user(system.playground.users(), "Alice");
    if (!alice.succeeded()) {
      system.close();
      throw new IllegalStateException("no first user: " + alice);
    }
    return system;
  }

  Playground playground() {
    return playground;
  }

  Part part(String name) {
    return playground.part(name);
  }

  /**
   * Lets an event happen under a steady load, and counts what the clients noticed.
   *
   * <p>A slow answer took longer than {@link #SLOW}; healthy ones take a few milliseconds.
   */
  Row underLoad(String event, Consumer<Row> happens) {
    restore();
    return under(Load.steady(playground.users(), playground.orders(), 4, PAUSE), event, happens);
  }

  /** The same with reads only. */
  Row underReads(String event, Consumer<Row> happens) {
    restore();
    return under(Load.steadyReads(playground.users(), 4, PAUSE), event, happens);
  }

  private static Row under(Load load, String event, Consumer<Row> happens) {
    Row row = new Row(event);
    try (load) {
      sleep(CALM);
      happens.accept(row);
      sleep(CALM);
    }
    load.failed().stream().limit(5).forEach(System.out::println);
    List<Outcome> slow = load.slowerThan(SLOW);
    List<Outcome> slowReads = slow.stream().filter(Outcome::isRead).toList();
    return row.set("requests", load.outcomes().size())
        .set("failed", load.failed().size())
        .set("slow reads", slowReads.size())
        .set("slow writes", slow.size() - slowReads.size());
  }

  /** Ends what a row has left behind: all serve, are registered, and every caller sends to both. */
  void restore() {
    for (Part part : playground.parts()) {
      part.resume();
      part.start();
      part.awaitReady(PATIENCE);
    }
    await("both known", () -> USERS.stream().allMatch(user -> consulKnows("user-service", user)));
    await("both in rotation", this::bothTakeRequests);
  }

  /**
   * Sends some, because an instance that was set aside comes back by a request that succeeds. Each
   * order has a key of its own: one that is replayed would not reach a user service.
   */
  private boolean bothTakeRequests() {
    client.get(playground.users() + "/users/1");
    client.order(playground.orders(), 1, "Restored", UUID.randomUUID().toString());
    return USERS.stream().allMatch(this::in);
  }

  /** Whether every caller may send to the instance. */
  boolean in(String user) {
    return order.inRotation(user) && gateway.inRotation(user);
  }

  /** Whether no caller sends to the instance, because it is gone or because it is set aside. */
  boolean out(String user) {
    return !order.inRotation(user) && !gateway.inRotation(user);
  }

  boolean portKnown(String user, int port) {
    return order.port(user).filter(known -> known == port).isPresent()
        && gateway.port(user).filter(known -> known == port).isPresent();
  }

  boolean inTouch() {
    return order.inTouch() && gateway.inTouch();
  }

  /** Whether Consul itself lists the instance as one that passes its checks. */
  boolean consulKnows(String service, String id) {
    return consulLists(service).contains("\"ID\":\"" + id + "\"");
  }

  boolean consulKnows(String service, String id, int port) {
    String list = consulLists(service);
    return list.contains("\"ID\":\"" + id + "\"") && list.contains("\"Port\":" + port + ",");
  }

  private String consulLists(String service) {
    return client
        .get(part("consul").address() + "/v1/health/service/" + service + "?passing")
        .body();
  }

  /** Requests for one user that the instance has answered since it started. */
  double served(String user) {
    return sum(SERVED.matcher(metrics(user)));
  }

  private String metrics(String service) {
    return client.get(playground.management(service) + "/metrics").body();
  }

  private static double sum(Matcher samples) {
    double sum = 0;
    while (samples.find()) {
      sum += Double.parseDouble(samples.group(1));
    }
    return sum;
  }

  /** Requests that were meant for another service and were told so, since the services started. */
  double misdirected() {
    double sum = 0;
    for (String service : List.of("user-1", "user-2", "order")) {
      sum += sum(MISDIRECTED.matcher(metrics(service)));
    }
    return sum;
  }

  /** Seconds until the condition held, without end where it did not in 20 s. */
  static double within20(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Figures.seconds(begun, System.nanoTime()) > 20) {
        return Double.POSITIVE_INFINITY;
      }
      sleep(Duration.ofMillis(5));
    }
    return Figures.seconds(begun, System.nanoTime());
  }

  /** Seconds from the given {@link System#nanoTime} until the condition held. */
  static double await(String what, long since, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      sleep(Duration.ofMillis(5));
    }
    return Figures.seconds(since, System.nanoTime());
  }

  static double await(String what, BooleanSupplier condition) {
    return await(what, System.nanoTime(), condition);
  }

  /** Lets the load go on for a while; no condition is waited for. */
  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    playground.close();
  }
}
