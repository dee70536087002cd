package dev.rendezvous.loadtests.drills;

import static dev.rendezvous.loadtests.drills.Waiting.await;
import static dev.rendezvous.loadtests.drills.Waiting.sleep;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Metrics;
import dev.rendezvous.loadtests.client.Outcome;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A running system of either variant, what can be seen of it from outside, and a steady load on it
 * while something happens.
 */
public final class DrillSystem {

  static final List<String> USERS = List.of("user-1", "user-2");

  /** Of an ordinary load; each waits for one answer before it sends again. */
  static final int CLIENTS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofMillis(800);
  private static final int INSISTENT_CLIENTS = 32;
  private static final Duration INSISTENT_PAUSE = Duration.ofMillis(100);

  private final Playground playground;
  private final Consumer<String> log;
  private final Client client = new Client();
  private final List<Table> callers;
  private final boolean hasGateway;
  private final boolean hasConsul;
  private final long someone;

  private DrillSystem(Playground playground, Consumer<String> log) {
    this.playground = playground;
    this.log = log;
    this.hasGateway = has("gateway");
    this.hasConsul = has("consul");
    this.callers = callers();
    this.someone = user();
  }

  /**
   * Of two user services; whoever started the system ends it.
   *
   * @param log hears each figure in a line of its own
   */
  public static DrillSystem of(Playground playground, Consumer<String> log) {
    return new DrillSystem(playground, log);
  }

  private boolean has(String name) {
    return playground.parts().stream().anyMatch(part -> part.name().equals(name));
  }

  /** Those who choose among user services; behind a gateway the order service knows only that. */
  private List<Table> callers() {
    Table order = new Table(playground.management("order"));
    if (!hasGateway) {
      return List.of(order);
    }
    Table gateway = new Table(playground.management("gateway"));
    return playground.variant() == Variant.GATEWAY ? List.of(gateway) : List.of(order, gateway);
  }

  private long user() {
    Outcome made = client.user(playground.users(), "Alice", UUID.randomUUID().toString());
    if (!made.succeeded()) {
      throw new DrillFailure("no user could be made: " + made);
    }
    return made.id();
  }

  Playground playground() {
    return playground;
  }

  Part part(String name) {
    return playground.part(name);
  }

  /** For an event that clients could not notice or survive. */
  Row row(String event) {
    return new Row(event, log);
  }

  /** A user for whatever needs one. */
  long someone() {
    return someone;
  }

  /**
   * Lets an event happen under a steady load, and counts what the clients noticed.
   *
   * <p>A slow answer took longer than {@link #SLOW}; healthy ones take a few milliseconds.
   */
  Row underLoad(String event, Consumer<Row> happens) {
    return under(
        event, target -> Load.steady(target, CLIENTS, PAUSE), (row, load) -> happens.accept(row));
  }

  /** The same with reads only. */
  Row underReads(String event, Consumer<Row> happens) {
    return under(
        event,
        target -> Load.steadyReads(target, CLIENTS, PAUSE),
        (row, load) -> happens.accept(row));
  }

  /** The same with more clients, each of whom tries its order again until it is acknowledged. */
  Row underInsistence(String event, BiConsumer<Row, Load> happens) {
    return under(
        event, target -> Load.insistent(target, INSISTENT_CLIENTS, INSISTENT_PAUSE), happens);
  }

  private Row under(
      String event, Function<Load.Target, Load> starting, BiConsumer<Row, Load> happens) {
    restore();
    long user = user();
    Load load = starting.apply(new Load.Target(playground.orders(), user, read(user)));
    Row row = row(event);
    try (load) {
      sleep(CALM);
      happens.accept(row, load);
      sleep(CALM);
    }
    count(row, load);
    return row;
  }

  /**
   * What everybody may read: the user, and where no gateway leads to the user services, the user's
   * orders; a client of its own that finds user services is no part of the system.
   */
  private String read(long user) {
    return hasGateway
        ? playground.users() + "/users/" + user
        : playground.orders() + "/orders?limit=1&user_id=" + user;
  }

  private void count(Row row, Load load) {
    List<Outcome> all = load.outcomes();
    List<Outcome> failed = all.stream().filter(outcome -> !outcome.succeeded()).toList();
    failed.stream().limit(5).forEach(outcome -> log.accept(outcome.toString()));
    List<Outcome> slow =
        all.stream().filter(outcome -> outcome.took().compareTo(SLOW) > 0).toList();
    long slowReads = slow.stream().filter(Outcome::isRead).count();
    row.set("requests", all.size())
        .set("failed", failed.size())
        .set("failed though accepted", failed.stream().filter(one -> !one.refused()).count())
        .set("failed otherwise than by 503", failed.stream().filter(o -> o.status() != 503).count())
        .set("slow reads", slowReads)
        .set("slow writes", slow.size() - slowReads);
    row.outcomes(all);
    if (load.ordersBegun() > 0) {
      restore();
      readBack(row, load);
    }
  }

  private void readBack(Row row, Load load) {
    StoredOrders stored = StoredOrders.of(playground.orders(), load.target().user());
    row.set("orders acknowledged", load.acknowledged().size())
        .set("orders stored", stored.size())
        .set("orders lost", stored.lost(load.acknowledged()))
        .set("orders doubled", stored.doubled())
        .set("orders replayed otherwise", stored.replayedOtherwise(load.acknowledged()));
  }

  /** Ends what a row has left behind: all serve, are registered, and every caller sends to both. */
  void restore() {
    for (Part part : playground.parts()) {
      part.resume();
      part.start();
      part.awaitReady(PATIENCE);
    }
    if (hasConsul) {
      await("both known", () -> USERS.stream().allMatch(user -> consulKnows("user-service", user)));
    }
    await("both in rotation", this::bothTakeRequests);
  }

  /**
   * Sends some, because an instance that was set aside comes back by a request that succeeds. Each
   * order has a key of its own: one that is replayed would not reach a user service.
   */
  private boolean bothTakeRequests() {
    client.get(playground.users() + "/users/" + someone);
    client.order(playground.orders(), someone, "Restored", UUID.randomUUID().toString());
    return USERS.stream().allMatch(this::in);
  }

  /** As callers call it: a registry has its id, a list of addresses has no more than those. */
  private String id(String user) {
    return playground.variant() == Variant.GATEWAY
        ? URI.create(part(user).address()).getAuthority()
        : user;
  }

  /** Whether every caller may send to the instance. */
  boolean in(String user) {
    return callers.stream().allMatch(caller -> caller.inRotation(id(user)));
  }

  /** Whether no caller sends to the instance, because it is gone or because it is set aside. */
  boolean out(String user) {
    return callers.stream().noneMatch(caller -> caller.inRotation(id(user)));
  }

  boolean portKnown(String user, int port) {
    return callers.stream()
        .allMatch(caller -> caller.port(id(user)).filter(known -> known == port).isPresent());
  }

  /** Whether every caller hears from the registry. */
  boolean inTouch() {
    return callers.stream().allMatch(Table::inTouch);
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
    return metrics(user).userReads();
  }

  /** Requests that were meant for another service and were told so, since the services started. */
  double misdirected() {
    return List.of("user-1", "user-2", "order").stream()
        .mapToDouble(service -> metrics(service).misdirected())
        .sum();
  }

  private Metrics metrics(String service) {
    return new Metrics(client, playground.management(service));
  }
}
