package dev.rendezvous.loadtests.report;

import static dev.rendezvous.loadtests.report.Wording.format;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Results.Scale;
import dev.rendezvous.loadtests.report.Results.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The comparison that everybody quotes, each of its cells from a measurement. */
final class Summary {

  private static final String NONE = "–";

  private final Findings findings;
  private final List<String> variants;
  private final List<List<String>> rows = new ArrayList<>();

  Summary(Findings findings) {
    this.findings = findings;
    this.variants = findings.variants();
  }

  Grid grid() {
    rows.clear();
    setup("Complexity: processes", setup -> String.valueOf(setup.processes().size()));
    setup("libraries and programs of its own", setup -> String.join(", ", setup.dependencies()));
    setup("lines of configuration that differ", setup -> "" + setup.configurationLines());
    setup("lines of Java that only it needs", setup -> format("%,d", setup.totalCodeLines()));
    setup("Set-up: seconds to the first request", setup -> format("%.1f", setup.secondsToReady()));
    setup("memory after load", setup -> Wording.mebibytes(setup.totalMemoryMib()));
    for (String request : Findings.REQUESTS) {
      speed(request);
    }
    failures();
    add("**Best for**", this::bestFor);
    List<String> columns = new ArrayList<>(List.of(""));
    variants.forEach(variant -> columns.add(Wording.name(variant)));
    return new Grid(
        "At " + Wording.rate(findings.rate()) + ", with two user services", columns, rows);
  }

  private void add(String name, Function<String, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    variants.forEach(variant -> row.add(cell.apply(variant)));
    rows.add(row);
  }

  private void setup(String name, Function<Setup, String> cell) {
    add(name, variant -> findings.setup(variant).map(cell).orElse(NONE));
  }

  private void speed(String request) {
    int rate = findings.rate();
    add(
        "Speed: `" + request + "` p50, p99",
        variant ->
            findings
                .speed(variant, request, rate)
                .map(speed -> Wording.time(speed.p50()) + ", " + Wording.time(speed.p99()))
                .orElse(NONE));
    add(
        "added at p50 (95 % interval)",
        variant ->
            findings
                .added(variant, request)
                .map(added -> Wording.difference(added.p50()))
                .orElseGet(() -> floor(variant, request)));
    add(
        "CPU a request, all processes",
        variant ->
            findings
                .speed(variant, request, rate)
                .map(speed -> Wording.time(speed.cpuPerRequest()))
                .orElse(NONE));
    add(
        "largest rate with p99 < 50 ms",
        variant ->
            findings
                .capacity(variant, request)
                .map(capacity -> Wording.rate(capacity.rate()))
                .orElse(NONE));
  }

  private String floor(String variant, String request) {
    return variant.equals(Results.DIRECT)
        ? findings
            .noiseFloor(request, findings.rate())
            .map(floor -> "noise floor ±" + Wording.time(floor.p50().reach()))
            .orElse(NONE)
        : NONE;
  }

  private void failures() {
    failed("Failure: failed requests when a user service is killed", "instance-killed");
    failed("when both are restarted in turn", "rolling-restart");
    failed("when the gateway is killed and restarted", "gateway-killed");
    failed("when the registry is away", "registry-away");
    add(
        "orders lost, doubled, in all drills",
        variant ->
            broken(variant)
                ? findings.sum(variant, Cost::lost) + ", " + findings.sum(variant, Cost::doubled)
                : NONE);
  }

  private void failed(String name, String drill) {
    add(
        name,
        variant ->
            broken(variant)
                ? findings
                    .cost(drill, variant)
                    .map(cost -> format("%,d of %,d", cost.failed(), cost.requests()))
                    .orElseGet(() -> lacking(drill, variant))
                : NONE);
  }

  private String lacking(String drill, String variant) {
    return findings.drill(drill).flatMap(found -> found.outcome(variant).lacking()).orElse(NONE);
  }

  private static boolean broken(String variant) {
    return List.of(Results.GATEWAY, Results.DISCOVERY).contains(variant);
  }

  /** From what changes with size, and from what is added at rest. */
  private String bestFor(String variant) {
    return switch (variant) {
      case Results.GATEWAY ->
          "clients from outside, services that stay: one address for all, and a list by hand";
      case Results.DISCOVERY ->
          largest()
              .map(
                  scale ->
                      format(
                          "services that call each other and come and go: a change is known %.0f ms"
                              + " after the registry has it, with %d services in it",
                          scale.lagMillis().orElse(0.0), scale.services() + 2))
              .orElse(NONE);
      case Results.NGINX -> "the same as the gateway";
      default -> "the base line";
    };
  }

  private java.util.Optional<Scale> largest() {
    return findings.results().scale().stream()
        .filter(scale -> scale.variant().equals(Results.DISCOVERY))
        .reduce((first, later) -> later);
  }
}
