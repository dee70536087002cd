package dev.rendezvous.loadtests.drills;

import static dev.rendezvous.loadtests.drills.Waiting.await;
import static dev.rendezvous.loadtests.drills.Waiting.seconds;
import static dev.rendezvous.loadtests.drills.Waiting.sleep;

import dev.rendezvous.loadtests.client.Outcome;
import dev.rendezvous.playground.Part;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What happens to the order service's database, and what becomes of the orders. */
public final class DatabaseRows {

  /** So many orders at the least go by before, during and after the outage. */
  static final int ORDERS = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration OUTAGE = Duration.ofSeconds(1);

  private final DrillSystem system;

  /** Of a system of either variant. */
  public DatabaseRows(DrillSystem system) {
    this.system = system;
  }

  /** Clients send each order until it is acknowledged. */
  public Row killed() {
    Part database = system.part("orders-db");
    return system.underInsistence(
        "the orders' database gets SIGKILL and is restarted",
        (row, load) -> {
          await("a third is done", () -> load.acknowledged().size() > ORDERS / 3);
          row.mark("SIGKILL");
          database.kill();
          long killed = System.nanoTime();
          sleep(OUTAGE);
          database.start();
          database.awaitReady(PATIENCE);
          row.mark("ready");
          long returned = System.nanoTime();
          row.set("seconds that it was away", seconds(killed, returned));
          await("orders after it", () -> firstAfter(load.outcomes(), killed).isPresent());
          row.set(
              "seconds from its return until the first order",
              seconds(returned, firstAfter(load.outcomes(), killed).orElseThrow()));
          await("all are done", () -> load.acknowledged().size() >= ORDERS);
          row.set("seconds of the slowest failure", slowestFailure(load.outcomes()));
        });
  }

  /** When the first order that was sent after the kill was acknowledged. */
  private static OptionalLong firstAfter(List<Outcome> outcomes, long killed) {
    return outcomes.stream()
        .filter(outcome -> outcome.succeeded() && outcome.sentAt() - killed > 0)
        .mapToLong(Outcome::answeredAt)
        .min();
  }

  private static double slowestFailure(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> !outcome.succeeded())
        .mapToDouble(outcome -> outcome.took().toNanos() / 1e9)
        .max()
        .orElse(0);
  }
}
