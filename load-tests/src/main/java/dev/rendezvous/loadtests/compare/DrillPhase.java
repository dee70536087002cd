package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.drills.Drill;
import dev.rendezvous.loadtests.drills.DrillSystem;
import dev.rendezvous.loadtests.drills.Row;
import dev.rendezvous.loadtests.drills.Timeline;
import dev.rendezvous.loadtests.report.Failure;
import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Mark;
import dev.rendezvous.loadtests.report.Failure.Outcome;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Playground;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Breaks both systems in every way that each can break. */
final class DrillPhase {

  private static final double SECONDS_PER_DRILL = 10;

  private final Plan plan;
  private final Countdown countdown;
  private final List<Drill> drills;
  private final Consumer<String> log;

  /**
   * @param log hears each figure
   */
  DrillPhase(Plan plan, Countdown countdown, Consumer<String> log) {
    this.plan = plan;
    this.countdown = countdown;
    this.drills = Drill.all(plan.outage());
    this.log = log;
  }

  /** Seconds that both variants' drills are planned to take. */
  static double planned(Plan plan) {
    List<Drill> drills = Drill.all(plan.outage());
    double all = 0;
    for (Variant variant : Variant.values()) {
      for (Drill drill : drills) {
        all += drill.way(variant).lacking().isEmpty() ? share(plan) : 0;
      }
    }
    return all + plan.outage().toSeconds();
  }

  /** Of the phase's time; two at once take half. */
  private static double share(Plan plan) {
    return plan.drillsAtOnce() ? SECONDS_PER_DRILL / 2 : SECONDS_PER_DRILL;
  }

  List<Failure.Drill> run(Playground gateway, Playground discovery) {
    Map<String, Outcome> ofGateway = new ConcurrentHashMap<>();
    Map<String, Outcome> ofDiscovery = new ConcurrentHashMap<>();
    if (plan.drillsAtOnce()) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> run(gateway, ofGateway), DrillPhase::inItsOwnThread);
      try {
        run(discovery, ofDiscovery);
        other.join();
      } catch (CompletionException failed) {
        throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
      }
    } else {
      run(gateway, ofGateway);
      run(discovery, ofDiscovery);
    }
    List<Failure.Drill> all = new ArrayList<>();
    for (Drill drill : drills) {
      all.add(
          new Failure.Drill(
              drill.id(),
              drill.event(),
              drill.must(),
              outcome(ofGateway, drill.id()),
              outcome(ofDiscovery, drill.id())));
    }
    return all;
  }

  private static void inItsOwnThread(Runnable work) {
    Thread thread = new Thread(work, "drills");
    thread.setDaemon(true);
    thread.start();
  }

  private static Outcome outcome(Map<String, Outcome> outcomes, String id) {
    Outcome outcome = outcomes.get(id);
    if (outcome == null) {
      throw new RunFailure("drill " + id + " has no outcome");
    }
    return outcome;
  }

  private void run(Playground system, Map<String, Outcome> outcomes) {
    String name = system.variant().name().toLowerCase(Locale.ROOT);
    DrillSystem drilled = DrillSystem.of(system, line -> log.accept(name + " | " + line));
    for (Drill drill : drills) {
      Drill.Way way = drill.way(system.variant());
      if (way.lacking().isEmpty()) {
        countdown.step("drills", name + ": " + drill.event(), share(plan));
        outcomes.put(
            drill.id(),
            new Outcome(Optional.empty(), Optional.of(cost(drill, way.run().apply(drilled)))));
      } else {
        outcomes.put(drill.id(), new Outcome(Optional.of(way.lacking()), Optional.empty()));
      }
    }
  }

  private static Cost cost(Drill drill, Row row) {
    Timeline timeline = row.timeline();
    return new Cost(
        count(row, "requests"),
        count(row, "failed"),
        count(row, "failed though accepted"),
        count(row, "slow reads") + count(row, "slow writes"),
        drill.noticed().flatMap(row::find).filter(DrillPhase::known),
        drill.recovered().flatMap(row::find).filter(DrillPhase::known),
        special(drill, row),
        count(row, "orders acknowledged"),
        count(row, "orders lost"),
        count(row, "orders doubled"),
        count(row, "orders replayed otherwise"),
        Timeline.STEP_MILLIS,
        timeline.succeeded(),
        timeline.failed(),
        timeline.slowestMillis(),
        row.marks().stream().map(mark -> new Mark(mark.seconds(), mark.text())).toList());
  }

  private static boolean known(double seconds) {
    return Double.isFinite(seconds);
  }

  private static int count(Row row, String figure) {
    return (int) row.get(figure);
  }

  /** In words, because each event has another one; none is followed where a list is fixed. */
  private static Optional<String> special(Drill drill, Row row) {
    if (row.find("seconds until it was followed").filter(value -> !known(value)).isPresent()) {
      return Optional.of("not followed: its list of addresses is configuration");
    }
    return drill.special().flatMap(name -> row.find(name).map(value -> words(name, value)));
  }

  private static String words(String figure, double value) {
    if (figure.startsWith("share")) {
      return String.format(Locale.ROOT, "%s: %.1f %%", figure, 100 * value);
    }
    String time =
        value < 1
            ? String.format(Locale.ROOT, "%.0f ms", 1_000 * value)
            : String.format(Locale.ROOT, "%.1f s", value);
    return figure.replaceFirst("^seconds ", "") + ": " + time;
  }
}
