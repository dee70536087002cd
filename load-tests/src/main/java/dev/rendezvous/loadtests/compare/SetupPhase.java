package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.report.Results;
import dev.rendezvous.loadtests.report.Results.Setup;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What it takes to have each variant: processes, memory, configuration, code, and its start. */
final class SetupPhase {

  private static final double SECONDS_PER_START = 6;

  private final Plan plan;
  private final TestBed bed;
  private final Countdown countdown;
  private final CodeLines code;
  private final Map<String, Map<String, Double>> memory = new LinkedHashMap<>();
  private final Map<String, List<String>> settings = new LinkedHashMap<>();

  SetupPhase(Plan plan, TestBed bed, Countdown countdown, CodeLines code) {
    this.plan = plan;
    this.bed = bed;
    this.countdown = countdown;
    this.code = code;
  }

  /** Seconds that all starts are planned to take. */
  static double planned(Plan plan) {
    return 2 * plan.starts() * SECONDS_PER_START;
  }

  /** Remembers what a running variant uses. */
  void look(Target target) {
    Map<String, Double> used = new LinkedHashMap<>();
    target.processes().get().forEach((name, pids) -> used.put(name, ProcessGroup.memoryMib(pids)));
    memory.put(target.name(), used);
  }

  /** Remembers how a variant's services are told of each other. */
  void look(String variant, Playground system) {
    List<String> lines = new ArrayList<>();
    system
        .environments()
        .forEach(
            (part, environment) ->
                environment.forEach(
                    (name, value) -> lines.add(part + ": " + name + "=" + general(value))));
    system.parts().stream()
        .filter(part -> part.name().equals("consul"))
        .flatMap(part -> arguments(part).map(argument -> part.name() + ": " + general(argument)))
        .forEach(lines::add);
    settings.put(variant, lines);
  }

  /** A program that is not ours is configured by its command line. */
  private static Stream<String> arguments(Part part) {
    return part.pid().stream()
        .boxed()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().arguments().stream())
        .flatMap(Stream::of);
  }

  /** Ports and folders are each system's own and say nothing of how it works. */
  static String general(String value) {
    return value
        .replaceAll("(^|=)/.*/", "$1…/")
        .replaceAll("([:=])[0-9]+", "$1…")
        .replaceAll("^[0-9]+$", "…");
  }

  /** In turns, with the databases that the measurements have left; nothing else runs then. */
  Map<String, Setup> starts() throws IOException {
    Map<Variant, List<Double>> seconds = new LinkedHashMap<>();
    for (int start = 0; start < plan.starts(); start++) {
      for (Variant variant : Variant.values()) {
        String name = variant == Variant.GATEWAY ? Results.GATEWAY : Results.DISCOVERY;
        countdown.step("set-up", "starting " + name, SECONDS_PER_START);
        Playground system = bed.system(variant, name, 2);
        seconds.computeIfAbsent(variant, key -> new ArrayList<>()).add(system.seconds());
        bed.end(system);
      }
    }
    Map<String, Setup> setups = new LinkedHashMap<>();
    setups.put(
        Results.GATEWAY,
        setup(
            Results.GATEWAY,
            Results.DISCOVERY,
            Statistics.median(seconds.getOrDefault(Variant.GATEWAY, List.of())),
            code.gateway(),
            code.gatewayDependencies()));
    setups.put(
        Results.DISCOVERY,
        setup(
            Results.DISCOVERY,
            Results.GATEWAY,
            Statistics.median(seconds.getOrDefault(Variant.DISCOVERY, List.of())),
            code.discovery(),
            code.discoveryDependencies()));
    return setups;
  }

  private Setup setup(
      String variant,
      String other,
      double seconds,
      Map<String, Integer> codeLines,
      List<String> dependencies) {
    List<String> own = new ArrayList<>(settings.getOrDefault(variant, List.of()));
    own.removeAll(settings.getOrDefault(other, List.of()));
    Map<String, Double> used = memory.getOrDefault(variant, Map.of());
    return new Setup(
        List.copyOf(new TreeSet<>(used.keySet())),
        seconds,
        used,
        own.size(),
        own,
        codeLines,
        dependencies);
  }
}
