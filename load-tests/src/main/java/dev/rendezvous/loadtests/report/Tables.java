package dev.rendezvous.loadtests.report;

import static dev.rendezvous.loadtests.report.Wording.format;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Drill;
import dev.rendezvous.loadtests.report.Failure.Outcome;
import dev.rendezvous.loadtests.report.Results.Scale;
import java.util.ArrayList;
import java.util.List;

/** All figures, a table a question. */
final class Tables {

  private static final String NONE = "–";

  private final Findings findings;

  Tables(Findings findings) {
    this.findings = findings;
  }

  Grid speed(String request) {
    List<List<String>> rows = new ArrayList<>();
    for (int rate : findings.results().manifest().rates()) {
      for (String variant : findings.variants()) {
        findings
            .speed(variant, request, rate)
            .ifPresent(speed -> rows.add(row(variant, speed, request)));
      }
    }
    return new Grid(
        "`" + request + "`: from when a request was due to the last byte of its answer",
        List.of(
            "at", "way", "p50", "p95", "p99", "added p50", "added p99", "CPU a request", "shares"),
        rows);
  }

  private List<String> row(String variant, Speed speed, String request) {
    return List.of(
        Wording.rate(speed.rate()),
        Wording.name(variant),
        Wording.time(speed.p50()),
        Wording.time(speed.p95()),
        Wording.time(speed.p99()),
        speed
            .added()
            .map(added -> Wording.difference(added.p50()))
            .orElseGet(
                () ->
                    findings
                        .noiseFloor(request, speed.rate())
                        .map(floor -> "noise ±" + Wording.time(floor.p50().reach()))
                        .orElse(NONE)),
        speed
            .added()
            .map(added -> Wording.difference(added.p99()))
            .orElseGet(
                () ->
                    findings
                        .noiseFloor(request, speed.rate())
                        .map(floor -> "noise ±" + Wording.time(floor.p99().reach()))
                        .orElse(NONE)),
        Wording.time(speed.cpuPerRequest()),
        String.join(" : ", speed.shares().values().stream().map(Wording::percent).toList()));
  }

  Grid capacity() {
    List<List<String>> rows = new ArrayList<>();
    for (String variant : findings.variants()) {
      for (String request : Findings.REQUESTS) {
        findings
            .capacity(variant, request)
            .ifPresent(
                capacity ->
                    rows.add(
                        List.of(
                            Wording.name(variant),
                            "`" + request + "`",
                            Wording.rate(capacity.rate()),
                            Wording.time(capacity.p99()),
                            capacity.limit())));
      }
    }
    return new Grid(
        "The largest rate at which 99 of 100 answers take less than 50 ms",
        List.of("way", "request", "rate", "p99 there", "ended by"),
        rows);
  }

  Grid failures() {
    List<List<String>> rows = new ArrayList<>();
    for (Drill drill : findings.results().drills()) {
      rows.add(failure(drill, Results.GATEWAY));
      rows.add(failure(drill, Results.DISCOVERY));
    }
    return new Grid(
        "What breaks, and what clients notice of it",
        List.of(
            "event",
            "asked for",
            "way",
            "failed",
            "though accepted",
            "slow",
            "noticed after",
            "recovered after",
            "orders lost, doubled, replayed otherwise",
            "beside"),
        rows);
  }

  private static List<String> failure(Drill drill, String variant) {
    Outcome outcome = drill.outcome(variant);
    if (outcome.cost().isEmpty()) {
      return List.of(
          drill.event(),
          drill.must(),
          Wording.name(variant),
          outcome.lacking().orElse(NONE),
          NONE,
          NONE,
          NONE,
          NONE,
          NONE,
          "");
    }
    Cost cost = outcome.cost().get();
    return List.of(
        drill.event(),
        drill.must(),
        Wording.name(variant),
        format("%,d of %,d", cost.failed(), cost.requests()),
        format("%,d", cost.failedThoughAccepted()),
        String.valueOf(cost.slow()),
        cost.secondsToNotice().map(Wording::seconds).orElse(NONE),
        cost.secondsToRecover().map(Wording::seconds).orElse(NONE),
        format(
            "%d, %d, %d of %,d",
            cost.lost(), cost.doubled(), cost.replayedOtherwise(), cost.acknowledged()),
        cost.other().orElse(""));
  }

  Grid setup() {
    List<List<String>> rows = new ArrayList<>();
    for (String variant : List.of(Results.GATEWAY, Results.DISCOVERY)) {
      findings
          .setup(variant)
          .ifPresent(
              setup ->
                  rows.add(
                      List.of(
                          Wording.name(variant),
                          String.join(", ", setup.processes()),
                          Wording.seconds(setup.secondsToReady()),
                          Wording.mebibytes(setup.totalMemoryMib()),
                          String.join("; ", setup.configuration()),
                          String.join(
                              "; ",
                              setup.codeLines().entrySet().stream()
                                  .map(entry -> entry.getKey() + ": " + entry.getValue())
                                  .toList()),
                          String.join(", ", setup.dependencies()))));
    }
    return new Grid(
        "What it takes to have it",
        List.of(
            "way",
            "processes",
            "ready after",
            "memory",
            "configuration that the other has not",
            "lines of Java that the other needs not",
            "of its own"),
        rows);
  }

  Grid scale() {
    List<List<String>> rows = new ArrayList<>();
    for (Scale scale : findings.results().scale()) {
      rows.add(
          List.of(
              Wording.name(scale.variant()),
              String.valueOf(scale.instances()),
              String.valueOf(scale.services() + 2),
              scale.change(),
              scale.lagMillis().map(lag -> format("%.0f ms", lag)).orElse("not followed"),
              scale.lagMaxMillis().map(lag -> format("%.0f ms", lag)).orElse(NONE),
              Wording.mebibytes(scale.callerMemoryMib()),
              Wording.mebibytes(scale.memoryMib())));
    }
    return new Grid(
        "How it takes more instances and more services",
        List.of(
            "way",
            "user services",
            "services known",
            "change",
            "followed after (median)",
            "slowest",
            "memory of who holds the list",
            "memory of all"),
        rows);
  }

  Grid manifest() {
    Manifest manifest = findings.results().manifest();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("command", "`" + manifest.command() + "`"));
    rows.add(List.of("commit", manifest.commit()));
    rows.add(
        List.of(
            "began, took", format("%s, %.1f minutes", manifest.startedAt(), manifest.minutes())));
    rows.add(
        List.of(
            "machine",
            format(
                "%d cores, %d GiB, %s, %s",
                manifest.cores(), manifest.memoryGib(), manifest.processor(), manifest.system())));
    rows.add(List.of("Java", manifest.java()));
    rows.add(List.of("flags of each service", "`" + manifest.serviceFlags() + "`"));
    rows.add(
        List.of(
            "versions",
            String.join(
                ", ",
                manifest.versions().entrySet().stream()
                    .map(version -> version.getKey() + " " + version.getValue())
                    .toList())));
    rows.add(
        List.of(
            "method",
            format(
                "%d rounds of %.1f s a cell, rates %s, seed %d",
                manifest.rounds(), manifest.secondsPerCell(), manifest.rates(), manifest.seed())));
    Manifest.Generator generator = manifest.generator();
    rows.add(
        List.of(
            "load generator",
            format(
                "computed %.0f %% of its time at most, took 99 of 100 requests up within %s, %d"
                    + " cells were measured again",
                100 * generator.busiest(), Wording.time(generator.lag99()), generator.repeated())));
    rows.add(
        List.of("drills", manifest.drillsAtOnce() ? "both variants at once" : "one after another"));
    return new Grid("What was run, and on what", List.of("", ""), rows);
  }
}
