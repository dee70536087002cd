package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Outcome;
import dev.rendezvous.loadtests.drills.Table;
import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.loadtests.report.Results.Scale;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures systems of several sizes: how late callers hear of a change, and what memory it takes.
 */
final class ScalePhase {

  private static final String CHANGE = "an instance is taken out and put back";
  private static final String NO_CHANGE = "none: the list is configuration";
  private static final String INSTANCE = "user-2";
  private static final int FILLER_INSTANCES = 2;
  private static final double SECONDS_PER_CHANGE = 0.6;
  private static final double SECONDS_PER_SYSTEM = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Plan plan;
  private final TestBed bed;
  private final Countdown countdown;
  private final Client client = new Client();

  ScalePhase(Plan plan, TestBed bed, Countdown countdown) {
    this.plan = plan;
    this.bed = bed;
    this.countdown = countdown;
  }

  /** Seconds that the whole phase is planned to take. */
  static double planned(Plan plan) {
    return plan.instances().size() * plan.fillers().size() * plan.changes() * SECONDS_PER_CHANGE
        + (plan.instances().size() - 1) * SECONDS_PER_SYSTEM;
  }

  /** The two systems that are there already have two instances; larger ones are started. */
  List<Scale> run(Playground gateway, Playground discovery) {
    List<Scale> all = new ArrayList<>();
    for (int instances : plan.instances()) {
      boolean running = instances == 2;
      countdown.step("scale", instances + " instances", running ? 0 : SECONDS_PER_SYSTEM);
      Playground fixed =
          running ? gateway : bed.system(Variant.GATEWAY, "gateway-" + instances, instances);
      all.add(
          new Scale(
              Results.GATEWAY,
              instances,
              0,
              NO_CHANGE,
              Optional.empty(),
              Optional.empty(),
              memory(fixed, "gateway"),
              memory(fixed)));
      if (!running) {
        bed.end(fixed);
      }
      Playground registry =
          running ? discovery : bed.system(Variant.DISCOVERY, "discovery-" + instances, instances);
      for (int fillers : plan.fillers()) {
        countdown.step(
            "scale",
            instances + " instances, " + fillers + " other services",
            plan.changes() * SECONDS_PER_CHANGE);
        all.add(withFillers(registry, instances, fillers));
      }
      if (!running) {
        bed.end(registry);
      }
    }
    return all;
  }

  private Scale withFillers(Playground system, int instances, int fillers) {
    String consul = system.part("consul").address();
    for (int number = 1; number <= fillers; number++) {
      for (int instance = 1; instance <= FILLER_INSTANCES; instance++) {
        String json =
            "{\"Name\":\"filler-%1$d\",\"ID\":\"filler-%1$d-%2$d\",\"Port\":%2$d}"
                .formatted(number, instance);
        require(client.put(consul + "/v1/agent/service/register", json));
      }
    }
    Table order = new Table(system.management("order"));
    List<Double> lags = new ArrayList<>();
    for (int change = 0; change < plan.changes(); change++) {
      lags.add(lag(consul, order, true));
      lags.add(lag(consul, order, false));
    }
    return new Scale(
        Results.DISCOVERY,
        instances,
        fillers,
        CHANGE,
        Optional.of(Statistics.median(lags)),
        Optional.of(Collections.max(lags)),
        memory(system, "order"),
        memory(system));
  }

  /** Milliseconds from when Consul itself lists the change until the caller's table has it. */
  private double lag(String consul, Table order, boolean takenOut) {
    String list = consul + "/v1/health/service/user-service?passing";
    require(
        client.put(
            consul + "/v1/agent/service/maintenance/" + INSTANCE + "?enable=" + takenOut, ""));
    await(
        () -> client.get(list).body().contains("\"ID\":\"" + INSTANCE + "\"") != takenOut,
        "Consul's own list");
    long listed = System.nanoTime();
    await(() -> order.inRotation(INSTANCE) != takenOut, "the order service's table");
    return (System.nanoTime() - listed) / 1e6;
  }

  private static void await(java.util.function.BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new RunFailure("scale: no change within 20 s in " + what);
      }
    }
  }

  private static void require(Outcome outcome) {
    if (outcome.status() != 200) {
      throw new RunFailure("Consul refuses: " + outcome);
    }
  }

  private static double memory(Playground system, String part) {
    return ProcessGroup.memoryMib(system.part(part).pid().stream().boxed().toList());
  }

  private static double memory(Playground system) {
    return ProcessGroup.memoryMib(
        parts(system).flatMap(part -> part.pid().stream().boxed()).toList());
  }

  /** Without those that only the comparison needs. */
  private static Stream<Part> parts(Playground system) {
    return system.parts().stream().filter(part -> !part.name().startsWith("order-"));
  }
}
