package dev.rendezvous.playground.drills;

import static dev.rendezvous.playground.drills.RegistrySystem.await;
import static dev.rendezvous.playground.drills.RegistrySystem.sleep;
import static dev.rendezvous.playground.drills.RegistrySystem.within20;

import dev.rendezvous.playground.Part;
import java.time.Duration;

/** What happens to Consul, and what the services notice of it. */
final class RegistryRows {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RegistrySystem system;
  private final Part consul;

  RegistryRows(RegistrySystem system) {
    this.system = system;
    this.consul = system.part("consul");
  }

  Row killedFor(Duration outage) {
    return system.underLoad(
        "Consul is killed for " + outage.toSeconds() + " s",
        row -> {
          consul.kill();
          sleep(outage);
          long started = restart();
          row.set("seconds from its return until in touch", await("in touch", system::inTouch));
          row.set("seconds that it took to start", started / 1e9);
        });
  }

  Row wiped() {
    return system.underLoad(
        "Consul loses its data",
        row -> {
          system.playground().wipeConsul();
          row.set("seconds until all are registered", await("all there", this::knowsAll));
        });
  }

  /** It was deregistered before, so that Consul knows of it only if it registers itself. */
  Row awayWhenAServiceStarts() {
    return system.underLoad(
        "Consul is away when a user service starts",
        row -> {
          Part service = system.part("user-2");
          service.stop();
          consul.kill();
          long event = System.nanoTime();
          service.start();
          service.awaitReady(PATIENCE);
          row.set("seconds until the service is ready", Figures.seconds(event, System.nanoTime()));
          restart();
          row.set("seconds until it is registered", await("there", () -> knows("user-2")));
        });
  }

  /** No load: while the only order service restarts, there is nobody to answer. */
  Row awayWhenTheCallerRestarts() {
    system.restore();
    Row row = new Row("the order service is restarted while Consul is away");
    consul.kill();
    system.part("order").kill();
    system.part("order").start();
    Client client = new Client();
    String orders = system.part("order").address();
    row.set(
        "seconds until its first order",
        within20(() -> client.order(orders, 1, "Snapshot", "snapshot").succeeded()));
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
    return RegistrySystem.USERS.stream().allMatch(this::knows);
  }

  private boolean knows(String user) {
    return system.consulKnows("user-service", user);
  }
}
