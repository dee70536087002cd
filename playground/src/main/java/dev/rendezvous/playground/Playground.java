package dev.rendezvous.playground;

import dev.rendezvous.playground.CommandLine.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole system of named parts: {@code users-db}, {@code orders-db}, {@code user-1}, {@code
 * user-2}, ..., {@code order}, and {@code gateway} or {@code consul}.
 *
 * <p>Once {@link #start} returns, the first request through {@link #users} and {@link #orders}
 * succeeds. Whatever becomes of this process, no part outlives it by more than a few seconds.
 */
public final class Playground implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Options options;
  private final Progress progress;
  private final Watchdog watchdog;
  private final Launcher launcher;
  private final Blueprint blueprint;
  private final List<List<Part>> rows = new ArrayList<>();
  private final Startup startup;
  private volatile boolean ready;
  private volatile boolean closing;
  private @Nullable DataFolder dataFolder;

  private Playground(Options options, Watchdog watchdog, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.watchdog = watchdog;
    this.launcher = new Launcher(watchdog);
    this.blueprint = new Blueprint(options, launcher);
    for (List<Program> row : blueprint.rows()) {
      rows.add(row.stream().map(this::part).toList());
    }
    this.startup = new Startup(rows, blueprint, progress);
  }

  private Part part(Program program) {
    return new Part(program, launcher, blueprint.logs(), this::endedByItself);
  }

  /** A system that is not started yet, guarded by a watchdog of its own. */
  public static Playground create(Options options, Progress progress) {
    Watchdog watchdog = Watchdog.start(options.root().resolve("playground/tools"));
    return create(options, watchdog, progress);
  }

  static Playground create(Options options, Watchdog watchdog, Progress progress) {
    return new Playground(options, watchdog, progress);
  }

  /** A running system on free ports, its data in the given folder; for tests and drills. */
  public static Playground run(Options options) {
    Playground playground = create(options.onFreePorts(), Progress.silent());
    try {
      playground.start();
      return playground;
    } catch (StartFailure failure) {
      playground.close();
      throw failure;
    }
  }

  /**
   * Starts all parts and waits until the first request will succeed.
   *
   * @throws StartFailure saying which part did not start, and why; {@link #close} ends the others
   */
  public void start() {
    DataFolder folder = DataFolder.hold(options.data());
    dataFolder = folder;
    Ports.requireFree(blueprint.portsWanted(), folder.patienceWithLeftovers());
    if (blueprint.consul != null) {
      blueprint.consul.wipe();
    }
    startup.run();
    ready = true;
  }

  private void endedByItself(Part part) {
    if (ready && !closing) {
      progress.line(part.name() + " ended: " + part.exit() + "; it stays down; log " + part.log());
    }
  }

  /** Seconds since this system was made. */
  public double seconds() {
    return startup.seconds();
  }

  public List<Part> parts() {
    return rows.stream().flatMap(List::stream).toList();
  }

  /**
   * The part with this name.
   *
   * @throws IllegalArgumentException naming the parts that there are
   */
  public Part part(String name) {
    return parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no part \""
                        + name
                        + "\"; there are "
                        + parts().stream().map(Part::name).toList()));
  }

  /** Where a client sends its requests for users: {@code http://127.0.0.1:PORT}. */
  public String users() {
    return blueprint.gateway == null
        ? blueprint.users.get(0).address()
        : blueprint.gateway.address();
  }

  /** Where a client sends its requests for orders. */
  public String orders() {
    return blueprint.gateway == null ? blueprint.order.address() : blueprint.gateway.address();
  }

  /** A service's management port: {@code http://127.0.0.1:PORT}. */
  public String management(String name) {
    return service(name).management();
  }

  /** Restarts a service on another port under the same instance id. */
  public void move(String name, int port) {
    Part part = part(name);
    part.stop();
    service(name).moveTo(port);
    part.start();
    part.awaitReady(PATIENCE);
  }

  /** Kills two services and restarts each on the other's port, as when addresses are re-used. */
  public void swap(String one, String other) {
    part(one).kill();
    part(other).kill();
    int port = service(one).port();
    service(one).moveTo(service(other).port());
    service(other).moveTo(port);
    for (String name : List.of(one, other)) {
      part(name).start();
    }
    part(one).awaitReady(PATIENCE);
    part(other).awaitReady(PATIENCE);
  }

  /**
   * Adds to the time that each answer of a service takes; zero ends it. The first time, the service
   * is restarted behind a proxy that has its port; from then on it takes effect at once.
   */
  public void slow(String name, Duration added) {
    ServiceJar service = service(name);
    if (!service.isBehindProxy()) {
      Part part = part(name);
      part.stop();
      service.behindProxy();
      part.start();
      part.awaitReady(PATIENCE);
    }
    service.latency(added);
  }

  /** Ends {@link #slow} and takes the proxy away, by a restart. */
  public void direct(String name) {
    Part part = part(name);
    part.stop();
    service(name).direct();
    part.start();
    part.awaitReady(PATIENCE);
  }

  /** Restarts Consul with none of what it knew. */
  public void wipeConsul() {
    if (blueprint.consul == null) {
      throw new IllegalStateException("the gateway variant has no Consul");
    }
    Part consul = part("consul");
    consul.stop();
    blueprint.consul.wipe();
    consul.start();
    consul.awaitReady(PATIENCE);
  }

  /**
   * Starts one more order service that finds the user service in a way of its own; beside its
   * sibling it shows what that way costs.
   *
   * @param discoveryUrl its {@code DISCOVERY_URL}
   * @return the part, ready; {@link #close} ends it
   */
  public Part addOrder(String name, String discoveryUrl, int port) {
    Part part = part(blueprint.orderBeside(name, discoveryUrl, port));
    rows.add(List.of(part));
    part.start();
    part.awaitReady(PATIENCE);
    return part;
  }

  /** Ends another process, too, should this one be killed; for programs that are no parts. */
  public void guard(long pid) throws IOException {
    watchdog.add(pid, "TERM");
  }

  /** What each service's process finds in its environment, by the part's name; no secrets. */
  public Map<String, Map<String, String>> environments() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (ServiceJar service : blueprint.services()) {
      Map<String, String> environment = new TreeMap<>(service.command().environment());
      environment.replaceAll((name, value) -> value.replaceAll("://[^/@]*@", "://***@"));
      all.put(service.name(), environment);
    }
    return all;
  }

  private ServiceJar service(String name) {
    return blueprint.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service \"" + name + "\""));
  }

  public Variant variant() {
    return options.variant();
  }

  public Path logs() {
    return blueprint.logs();
  }

  /** Ends all parts in good order, those that clients reach first, the databases last. */
  @Override
  public synchronized void close() {
    closing = true;
    launcher.close();
    List<List<Part>> backwards = new ArrayList<>(rows);
    Collections.reverse(backwards);
    for (List<Part> row : backwards) {
      row.forEach(Part::requestStop);
      row.forEach(Part::awaitEnd);
    }
    blueprint.services().forEach(ServiceJar::direct);
    if (dataFolder != null) {
      dataFolder.close();
      dataFolder = null;
    }
  }

  boolean closed() {
    return closing;
  }

  Blueprint blueprint() {
    return blueprint;
  }
}
