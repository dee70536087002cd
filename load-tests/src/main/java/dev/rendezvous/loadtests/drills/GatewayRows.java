package dev.rendezvous.loadtests.drills;

import static dev.rendezvous.loadtests.drills.Waiting.await;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.playground.Part;
import java.time.Duration;
import java.util.UUID;

/** What happens to the gateway, and what its clients notice of it; a supervisor restarts it. */
public final class GatewayRows {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DrillSystem system;
  private final Part gateway;
  private final Client client = new Client();

  /** Of a system that has a gateway. */
  public GatewayRows(DrillSystem system) {
    this.system = system;
    this.gateway = system.part("gateway");
  }

  public Row terminated() {
    return system.underLoad(
        "the gateway gets SIGTERM and is restarted",
        row -> {
          long event = System.nanoTime();
          row.mark("SIGTERM");
          gateway.stop();
          row.set("seconds until it was gone", Waiting.seconds(event, System.nanoTime()));
          backAgain(row, System.nanoTime());
        });
  }

  public Row killed() {
    return system.underLoad(
        "the gateway gets SIGKILL and is restarted",
        row -> {
          row.mark("SIGKILL");
          gateway.kill();
          backAgain(row, System.nanoTime());
        });
  }

  private void backAgain(Row row, long gone) {
    gateway.start();
    gateway.awaitReady(PATIENCE);
    row.mark("ready");
    row.set("seconds until the first order", await("served", gone, this::serves));
  }

  private boolean serves() {
    String key = UUID.randomUUID().toString();
    return client.order(system.playground().orders(), system.someone(), key, key).succeeded();
  }
}
