package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.compare.Target.Kind;
import dev.rendezvous.loadtests.report.Failure;
import dev.rendezvous.loadtests.report.Manifest;
import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.loadtests.report.Results.Capacity;
import dev.rendezvous.loadtests.report.Results.Scale;
import dev.rendezvous.loadtests.report.Results.Setup;
import dev.rendezvous.loadtests.report.Results.VariantResult;
import dev.rendezvous.loadtests.report.Speed.NoiseFloor;
import dev.rendezvous.playground.CommandLine.Measurement;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Playground;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One comparison from the start of the systems to its results. */
final class Comparison {

  private static final long SEED = 20_261_126L;
  private static final double START_SECONDS = 15;

  private final Measurement command;
  private final Plan plan;
  private final Path root;
  private final TestBed bed;
  private final Path log;
  private final Countdown countdown;
  private final Cells cells = new Cells();

  /**
   * @param data where the systems keep what is theirs
   * @param out hears of the progress
   */
  Comparison(Measurement command, Path root, Path data, TestBed bed, PrintStream out) {
    this.command = command;
    this.plan = Plan.of(command.quick());
    this.root = root;
    this.bed = bed;
    this.log = data.resolve("drills.log");
    this.countdown = new Countdown(out, planned());
  }

  private double planned() {
    int targets = 4;
    return START_SECONDS
        + SpeedPhase.planned(plan, targets)
        + CapacityPhase.planned(plan, targets)
        + DrillPhase.planned(plan)
        + ScalePhase.planned(plan)
        + SetupPhase.planned(plan);
  }

  /**
   * @throws RunFailure where a check failed, so that there are no results
   */
  Results run() throws IOException {
    Surroundings surroundings = new Surroundings(root);
    countdown.step("starting", "both systems", START_SECONDS);
    Playground gateway = bed.system(Variant.GATEWAY, Results.GATEWAY, 2);
    Playground discovery = bed.system(Variant.DISCOVERY, Results.DISCOVERY, 2);
    List<Target> targets = new ArrayList<>(bed.behindGateway(gateway));
    targets.add(bed.behindRegistry(discovery));

    SpeedPhase speed = new SpeedPhase(plan, targets, cells, countdown, SEED);
    speed.run();
    Map<String, List<Capacity>> capacity = capacity(targets);
    SetupPhase setup = new SetupPhase(plan, bed, countdown, new CodeLines(root));
    targets.forEach(setup::look);
    setup.look(Results.GATEWAY, gateway);
    setup.look(Results.DISCOVERY, discovery);
    Manifest manifest = surroundings.manifest(command, plan, SEED, discovery, speed.generator());
    List<NoiseFloor> noiseFloor = speed.noiseFloor();
    bed.endNginx();
    List<Failure.Drill> drills =
        new DrillPhase(plan, countdown, this::toLog).run(gateway, discovery);
    List<Scale> scale = new ScalePhase(plan, bed, countdown).run(gateway, discovery);
    bed.end(gateway);
    bed.end(discovery);
    Map<String, Setup> setups = setup.starts();

    Map<String, VariantResult> variants = new LinkedHashMap<>();
    for (Target target : targets) {
      variants.put(
          target.name(),
          new VariantResult(
              speed.speed(target),
              capacity.getOrDefault(target.name(), List.of()),
              Optional.ofNullable(setups.get(target.name()))));
    }
    return new Results(
        manifest.lasting(countdown.seconds() / 60), noiseFloor, variants, drills, scale);
  }

  private Map<String, List<Capacity>> capacity(List<Target> targets) {
    CapacityPhase phase = new CapacityPhase(plan, cells, countdown);
    Map<String, List<Capacity>> all = new LinkedHashMap<>();
    for (Target target : targets) {
      List<Capacity> own = new ArrayList<>();
      for (Kind kind : Kind.values()) {
        own.add(phase.search(target, kind));
      }
      all.put(target.name(), own);
    }
    return all;
  }

  private synchronized void toLog(String line) {
    try {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
