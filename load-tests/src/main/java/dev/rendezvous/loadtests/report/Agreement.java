package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Drill;
import dev.rendezvous.loadtests.report.Results.Capacity;
import dev.rendezvous.loadtests.report.Results.VariantResult;
import dev.rendezvous.loadtests.report.Speed.Added;
import dev.rendezvous.loadtests.report.Speed.Interval;
import dev.rendezvous.loadtests.report.Speed.NoiseFloor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether two runs say the same, by tolerances that come from what each knows of its own noise. */
public final class Agreement {

  /** For people; the constants below are these. */
  public static final String TOLERANCE =
      "Agreed are: added time and CPU whose intervals, each widened by twice its run's noise floor"
          + " and by a quarter of the larger value, overlap; largest rates within one step of the"
          + " search (twice); memory within 25 %; in a drill the same verdict on failures, lost"
          + " and doubled orders, and seconds within a factor of 3 or 3 s,"
          + " because what is noticed by time-outs is noticed after one of them or after three.";

  private static final double FLOORS = 2;
  private static final double SHARE = 0.25;
  private static final double RATES = 2;
  private static final double MEMORY = 0.25;
  private static final double SECONDS = 3;

  private final Results former;
  private final Results latter;
  private final List<String> differences = new ArrayList<>();

  /** The order of the two is that of the lines' figures. */
  public Agreement(Results former, Results latter) {
    this.former = former;
    this.latter = latter;
  }

  /** One line for each figure that differs; none where the runs agree. */
  public List<String> differences() {
    differences.clear();
    if (!former.manifest().rates().equals(latter.manifest().rates())
        || former.manifest().userServices() != latter.manifest().userServices()) {
      differences.add("other rates or another number of user services were measured");
      return List.copyOf(differences);
    }
    for (String name : new TreeSet<>(former.variants().keySet())) {
      VariantResult first = former.variants().get(name);
      VariantResult second = latter.variants().get(name);
      if (first == null || second == null) {
        differences.add(name + " was measured in one run only");
      } else {
        speed(name, first.speed(), second.speed());
        capacity(name, first.capacity(), second.capacity());
        setup(name, first, second);
      }
    }
    drills();
    return List.copyOf(differences);
  }

  private void speed(String name, List<Speed> first, List<Speed> second) {
    for (Speed a : first) {
      for (Speed b : second) {
        if (a.request().equals(b.request()) && a.rate() == b.rate() && b.added().isPresent()) {
          String what = name + ", " + a.request() + " at " + a.rate() + "/s: added ";
          a.added().ifPresent(added -> added(what, a, added, b.added().get()));
        }
      }
    }
  }

  private void added(String what, Speed speed, Added a, Added b) {
    interval(what + "p50", a.p50(), b.p50(), floors(speed, NoiseFloor::p50));
    interval(what + "p99", a.p99(), b.p99(), floors(speed, NoiseFloor::p99));
    interval(what + "CPU", a.cpuPerRequest(), b.cpuPerRequest(), floors(speed, NoiseFloor::cpu));
  }

  /** Both runs' noise floors together. */
  private double floors(Speed speed, Function<NoiseFloor, Interval> figure) {
    double sum = 0;
    for (Results run : List.of(former, latter)) {
      for (NoiseFloor floor : run.noiseFloor()) {
        if (floor.request().equals(speed.request()) && floor.rate() == speed.rate()) {
          sum += figure.apply(floor).reach();
        }
      }
    }
    return sum;
  }

  private void interval(String what, Interval a, Interval b, double floors) {
    double allowed = FLOORS * floors + SHARE * Math.max(Math.abs(a.value()), Math.abs(b.value()));
    boolean overlap = a.low() - allowed <= b.high() && b.low() <= a.high() + allowed;
    if (!overlap) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s %.0f µs (%.0f to %.0f) and %.0f µs (%.0f to %.0f)",
              what,
              a.value(),
              a.low(),
              a.high(),
              b.value(),
              b.low(),
              b.high()));
    }
  }

  private void capacity(String name, List<Capacity> first, List<Capacity> second) {
    for (Capacity a : first) {
      for (Capacity b : second) {
        int more = Math.max(a.rate(), b.rate());
        if (a.request().equals(b.request()) && more > RATES * Math.min(a.rate(), b.rate())) {
          differences.add(
              "%s, %s: the largest rate is %d/s and %d/s"
                  .formatted(name, a.request(), a.rate(), b.rate()));
        }
      }
    }
  }

  private void setup(String name, VariantResult first, VariantResult second) {
    if (first.setup().isEmpty() || second.setup().isEmpty()) {
      return;
    }
    double a = first.setup().get().totalMemoryMib();
    double b = second.setup().get().totalMemoryMib();
    if (Math.abs(a - b) > MEMORY * Math.max(a, b)) {
      differences.add(
          String.format(Locale.ROOT, "%s: memory is %.0f MiB and %.0f MiB", name, a, b));
    }
  }

  private void drills() {
    for (Drill a : former.drills()) {
      for (Drill b : latter.drills()) {
        if (a.id().equals(b.id())) {
          for (String variant : List.of(Results.GATEWAY, Results.DISCOVERY)) {
            Optional<Cost> first = a.outcome(variant).cost();
            Optional<Cost> second = b.outcome(variant).cost();
            if (first.isPresent() && second.isPresent()) {
              drill(variant + ", " + a.event() + ": ", first.get(), second.get());
            }
          }
        }
      }
    }
  }

  private void drill(String what, Cost a, Cost b) {
    Map<String, List<Integer>> counts =
        Map.of(
            "failed requests", List.of(a.failed(), b.failed()),
            "lost orders", List.of(a.lost(), b.lost()),
            "doubled orders", List.of(a.doubled(), b.doubled()),
            "orders replayed otherwise", List.of(a.replayedOtherwise(), b.replayedOtherwise()));
    counts.forEach(
        (name, both) -> {
          if ((both.get(0) == 0) != (both.get(1) == 0)) {
            differences.add(what + both.get(0) + " and " + both.get(1) + " " + name);
          }
        });
    seconds(what + "seconds to notice", a.secondsToNotice(), b.secondsToNotice());
    seconds(what + "seconds to recover", a.secondsToRecover(), b.secondsToRecover());
  }

  private void seconds(String what, Optional<Double> a, Optional<Double> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return;
    }
    double first = a.orElse(Double.POSITIVE_INFINITY);
    double second = b.orElse(Double.POSITIVE_INFINITY);
    double more = Math.max(first, second);
    double less = Math.min(first, second);
    if (more - less > SECONDS && more > SECONDS * less) {
      differences.add(String.format(Locale.ROOT, "%s: %.1f and %.1f", what, first, second));
    }
  }
}
