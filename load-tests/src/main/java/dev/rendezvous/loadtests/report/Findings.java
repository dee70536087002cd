package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Drill;
import dev.rendezvous.loadtests.report.Results.Capacity;
import dev.rendezvous.loadtests.report.Results.Setup;
import dev.rendezvous.loadtests.report.Results.VariantResult;
import dev.rendezvous.loadtests.report.Speed.Added;
import dev.rendezvous.loadtests.report.Speed.NoiseFloor;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Looks figures up in results. */
final class Findings {

  static final String READ = "GET /users/{id}";
  static final String ORDER = "POST /orders";
  static final List<String> REQUESTS = List.of(READ, ORDER);

  private static final List<String> ORDER_OF_VARIANTS =
      List.of(Results.DIRECT, Results.GATEWAY, Results.NGINX, Results.DISCOVERY);

  private final Results results;

  Findings(Results results) {
    this.results = results;
  }

  Results results() {
    return results;
  }

  /** Those that were measured. */
  List<String> variants() {
    return ORDER_OF_VARIANTS.stream().filter(results.variants()::containsKey).toList();
  }

  /** Those that add something to the base line. */
  List<String> ways() {
    return variants().stream().filter(variant -> !variant.equals(Results.DIRECT)).toList();
  }

  /** The rate by which all is summed up: the middle one. */
  int rate() {
    List<Integer> rates = results.manifest().rates();
    return rates.get(rates.size() / 2);
  }

  Optional<Speed> speed(String variant, String request, int rate) {
    return variant(variant)
        .flatMap(
            result ->
                result.speed().stream()
                    .filter(speed -> speed.request().equals(request) && speed.rate() == rate)
                    .findFirst());
  }

  Optional<Added> added(String variant, String request) {
    return speed(variant, request, rate()).flatMap(Speed::added);
  }

  Optional<NoiseFloor> noiseFloor(String request, int rate) {
    return results.noiseFloor().stream()
        .filter(floor -> floor.request().equals(request) && floor.rate() == rate)
        .findFirst();
  }

  Optional<Capacity> capacity(String variant, String request) {
    return variant(variant)
        .flatMap(
            result ->
                result.capacity().stream()
                    .filter(capacity -> capacity.request().equals(request))
                    .findFirst());
  }

  Optional<Setup> setup(String variant) {
    return variant(variant).flatMap(VariantResult::setup);
  }

  private Optional<VariantResult> variant(String name) {
    return Optional.ofNullable(results.variants().get(name));
  }

  Optional<Drill> drill(String id) {
    return results.drills().stream().filter(drill -> drill.id().equals(id)).findFirst();
  }

  Optional<Cost> cost(String id, String variant) {
    return drill(id).flatMap(drill -> drill.outcome(variant).cost());
  }

  /** Over all of a variant's drills. */
  int sum(String variant, ToIntFunction<Cost> figure) {
    return costs(variant).mapToInt(figure).sum();
  }

  Stream<Cost> costs(String variant) {
    return results.drills().stream().flatMap(drill -> drill.outcome(variant).cost().stream());
  }

  /** Whether a difference could as well be none. */
  boolean isWithinNoise(Added added, String request) {
    double floor = noiseFloor(request, rate()).map(found -> found.p50().reach()).orElse(0.0);
    return added.p50().low() <= floor;
  }
}
