package dev.rendezvous.loadtests.drills;

import static dev.rendezvous.loadtests.drills.Waiting.await;
import static dev.rendezvous.loadtests.drills.Waiting.sleep;
import static dev.rendezvous.loadtests.drills.Waiting.within;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.playground.Part;
import java.time.Duration;

/** What happens to Consul, and what the services notice of it. */
public final class RegistryRows {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DrillSystem system;
  private final Part consul;

  /** Of a system that has a Consul. */
  public RegistryRows(DrillSystem system) {
    this.system = system;
    this.consul = system.part("consul");
  }

  public Row killedFor(Duration outage) {
    return system.underLoad(
        "Consul is killed for " + outage.toSeconds() + " s",
        row -> {
          row.mark("SIGKILL to Consul");
          consul.kill();
          sleep(outage);
          long started = restart();
          row.mark("Consul is back");
          row.set("seconds from its return until in touch", await("in touch", system::inTouch));
          row.set("seconds that it took to start", started / 1e9);
        });
  }

  public Row wiped() {
    return system.underLoad(
        "Consul loses its data",
        row -> {
          row.mark("Consul stops");
          system.playground().wipeConsul();
          row.mark("back without its data");
          row.set("seconds until all are registered", await("all there", this::knowsAll));
        });
  }

  /** It was deregistered before, so that Consul knows of it only if it registers itself. */
  public Row awayWhenAServiceStarts() {
    return system.underLoad(
        "Consul is away when a user service starts",
        row -> {
          Part service = system.part("user-2");
          service.stop();
          consul.kill();
          long event = System.nanoTime();
          service.start();
          service.awaitReady(PATIENCE);
          row.set("seconds until the service is ready", Waiting.seconds(event, System.nanoTime()));
          restart();
          row.set("seconds until it is registered", await("there", () -> knows("user-2")));
        });
  }

  /** No load: while the only order service restarts, there is nobody to answer. */
  public Row awayWhenTheCallerRestarts() {
    system.restore();
    Row row = system.row("the order service is restarted while Consul is away");
    consul.kill();
    system.part("order").kill();
    system.part("order").start();
    Client client = new Client();
    String orders = system.part("order").address();
    row.set(
        "seconds until its first order",
        within(
            PATIENCE,
            () -> client.order(orders, system.someone(), "Snapshot", "snapshot").succeeded()));
    restart();
    return row;
  }

  private long restart() {
    long begun = System.nanoTime();
    consul.start();
    consul.awaitReady(PATIENCE);
    return System.nanoTime() - begun;
  }

  private boolean knowsAll() {
    return DrillSystem.USERS.stream().allMatch(this::knows);
  }

  private boolean knows(String user) {
    return system.consulKnows("user-service", user);
  }
}
