package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.compare.Target.Kind;
import dev.rendezvous.loadtests.report.Manifest.Generator;
import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.loadtests.report.Speed;
import dev.rendezvous.loadtests.report.Speed.Added;
import dev.rendezvous.loadtests.report.Speed.NoiseFloor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Measures every cell once a round, in another order each round, and the base line twice: once for
 * itself and once against itself.
 */
final class SpeedPhase {

  private static final String AGAIN = "direct, again";
  private static final double LEAST_SHARE = 0.1;
  private static final int TRIES = 3;

  /** One request at one rate. */
  private record Load(Kind kind, int rate) {}

  private final Plan plan;
  private final List<Target> targets;
  private final Cells cells;
  private final Countdown countdown;
  private final Statistics statistics;
  private final Random random;
  private final Map<Load, Map<String, List<Sample>>> samples = new LinkedHashMap<>();
  private double busiest;
  private double lag99;
  private int repeated;

  /**
   * @param targets the base line first
   */
  SpeedPhase(Plan plan, List<Target> targets, Cells cells, Countdown countdown, long seed) {
    this.plan = plan;
    this.targets = targets;
    this.cells = cells;
    this.countdown = countdown;
    this.statistics = new Statistics(seed);
    this.random = new Random(seed);
  }

  /** Seconds that the whole phase is planned to take for so many targets. */
  static double planned(Plan plan, int targets) {
    double cells = plan.rounds() * (targets + 1.0) * plan.rates().size() * Kind.values().length;
    double warmUps = 1.0 * targets * Kind.values().length;
    return cells * seconds(plan) + warmUps * plan.warmUp().toMillis() / 1e3;
  }

  private static double seconds(Plan plan) {
    return plan.cell().toMillis() / 1e3 + 0.15;
  }

  void run() {
    int fastest = Collections.max(plan.rates());
    for (Target target : targets) {
      for (Kind kind : Kind.values()) {
        countdown.step("warming up", target.name(), plan.warmUp().toMillis() / 1e3);
        cells.load(target, kind, fastest, plan.warmUp());
      }
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Kind kind : Kind.values()) {
        for (int rate : plan.rates()) {
          round(round, new Load(kind, rate));
        }
      }
    }
    requireSpread();
  }

  private void round(int round, Load load) {
    List<Integer> order =
        new ArrayList<>(IntStream.rangeClosed(0, targets.size()).boxed().toList());
    Collections.shuffle(order, random);
    for (int number : order) {
      boolean again = number == targets.size();
      Target target = targets.get(again ? 0 : number);
      String name = again ? AGAIN : target.name();
      countdown.step(
          "round " + round + " of " + plan.rounds(),
          load.kind().text() + ", " + name + ", " + load.rate() + "/s",
          seconds(plan));
      samples
          .computeIfAbsent(load, key -> new LinkedHashMap<>())
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(sample(target, load));
    }
  }

  /** Once more where the load generator was late, because that speaks of the machine. */
  private Sample sample(Target target, Load load) {
    Sample sample = cells.measure(target, load.kind(), load.rate(), plan.cell());
    for (int tries = 1; sample.late() && tries < TRIES; tries++) {
      repeated++;
      sample = cells.measure(target, load.kind(), load.rate(), plan.cell());
    }
    busiest = Math.max(busiest, sample.busy());
    lag99 = Math.max(lag99, sample.lag99());
    return sample;
  }

  private void requireSpread() {
    for (Target target : targets) {
      for (Load load : samples.keySet()) {
        shares(of(load, target.name()))
            .forEach(
                (user, share) -> {
                  if (share < LEAST_SHARE) {
                    throw new RunFailure(
                        "%s, %s at %d/s: %s got %.0f %% of the requests"
                            .formatted(
                                target.name(), load.kind().text(), load.rate(), user, 100 * share));
                  }
                });
      }
    }
  }

  private List<Sample> of(Load load, String name) {
    return samples.getOrDefault(load, Map.of()).getOrDefault(name, List.of());
  }

  Generator generator() {
    return new Generator(busiest, lag99, repeated);
  }

  List<NoiseFloor> noiseFloor() {
    return samples.keySet().stream()
        .map(
            load -> {
              Added self = against(of(load, AGAIN), List.of(of(load, Results.DIRECT)));
              return new NoiseFloor(
                  load.kind().text(), load.rate(), self.p50(), self.p99(), self.cpuPerRequest());
            })
        .toList();
  }

  List<Speed> speed(Target target) {
    return samples.keySet().stream().map(load -> speed(target, load)).toList();
  }

  private Speed speed(Target target, Load load) {
    List<Sample> own = of(load, target.name());
    Histogram all = new Histogram(3);
    own.forEach(sample -> all.add(sample.latency()));
    Optional<Added> added =
        target.name().equals(Results.DIRECT)
            ? Optional.empty()
            : Optional.of(against(own, List.of(of(load, Results.DIRECT), of(load, AGAIN))));
    return new Speed(
        load.kind().text(),
        load.rate(),
        all.getTotalCount(),
        micros(all, 50),
        micros(all, 95),
        micros(all, 99),
        added,
        cpuPerRequest(own),
        shares(own),
        Speed.CURVE.stream().map(percentile -> micros(all, percentile)).toList());
  }

  /** Over all rounds, because the clock of CPU time ticks every 10 ms. */
  private static double cpuPerRequest(List<Sample> samples) {
    double cpu = 0;
    long requests = 0;
    for (Sample sample : samples) {
      cpu += sample.cpuPerRequest() * sample.latency().getTotalCount();
      requests += sample.latency().getTotalCount();
    }
    return cpu / requests;
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }

  /** Differences within each round, so that what slows a whole round cancels out. */
  private Added against(List<Sample> own, List<List<Sample>> base) {
    return new Added(
        statistics.interval(differences(sample -> sample.micros(50), own, base)),
        statistics.interval(differences(sample -> sample.micros(99), own, base)),
        statistics.interval(differences(Sample::cpuPerRequest, own, base)));
  }

  private static List<Double> differences(
      ToDoubleFunction<Sample> figure, List<Sample> own, List<List<Sample>> base) {
    return IntStream.range(0, own.size())
        .mapToObj(
            round -> {
              double line =
                  base.stream()
                      .mapToDouble(samples -> figure.applyAsDouble(samples.get(round)))
                      .average()
                      .orElseThrow();
              return figure.applyAsDouble(own.get(round)) - line;
            })
        .toList();
  }

  private static Map<String, Double> shares(List<Sample> samples) {
    Map<String, Double> served = new TreeMap<>();
    samples.forEach(
        sample -> sample.served().forEach((user, count) -> served.merge(user, count, Double::sum)));
    double all = served.values().stream().mapToDouble(Double::doubleValue).sum();
    served.replaceAll((user, count) -> count / all);
    return served;
  }
}
