package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Speed.Added;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader should know after ten seconds. */
final class Answer {

  private static final List<String> BROKEN = List.of(Results.GATEWAY, Results.DISCOVERY);

  private final Findings findings;

  Answer(Findings findings) {
    this.findings = findings;
  }

  String html() {
    String at = " at " + Wording.rate(findings.rate());
    return "<p class=\"answer\">"
        + Html.escaped(sentence())
        + "</p><div class=\"cards\">"
        + added("Added to a read" + at, Findings.READ)
        + added("Added to an order" + at, Findings.ORDER)
        + failed("A user service is killed", "instance-killed", "instance-killed")
        + failed("What the variant adds is killed", "gateway-killed", "registry-away")
        + card("CPU of an order" + at, cpu(), "all processes together")
        + card("Memory of all processes", memory(), "after the load")
        + "</div>";
  }

  private String sentence() {
    int down = findings.cost("gateway-killed", Results.GATEWAY).map(Cost::failed).orElse(0);
    int away = findings.cost("registry-away", Results.DISCOVERY).map(Cost::failed).orElse(0);
    return Wording.format(
        "The gateway adds %s to a read and %s to an order, which passes it twice; discovery adds %s"
            + " to an order. While the gateway was away %,d requests failed; while the registry was"
            + " away, %s did.",
        by(Results.GATEWAY, Findings.READ),
        by(Results.GATEWAY, Findings.ORDER),
        by(Results.DISCOVERY, Findings.ORDER),
        down,
        away == 0 ? "none" : Wording.format("%,d", away));
  }

  private String by(String variant, String request) {
    return findings
        .added(variant, request)
        .map(
            added ->
                findings.isWithinNoise(added, request)
                    ? "nothing that can be told from noise"
                    : Wording.time(added.p50().value()))
        .orElse("an unknown time");
  }

  private String added(String title, String request) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String way : findings.ways()) {
      Optional<Added> added = findings.added(way, request);
      added.ifPresent(found -> values.put(Wording.name(way), Wording.signed(found.p50().value())));
    }
    String floor =
        findings
            .noiseFloor(request, findings.rate())
            .map(found -> ", noise floor ±" + Wording.time(found.p50().reach()))
            .orElse("");
    return card(title, values, "the middle answer" + floor);
  }

  private String failed(String title, String ofGateway, String ofDiscovery) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String variant : BROKEN) {
      String drill = variant.equals(Results.GATEWAY) ? ofGateway : ofDiscovery;
      String what =
          ofGateway.equals(ofDiscovery)
              ? Wording.name(variant)
              : variant.equals(Results.GATEWAY) ? "the gateway" : "the registry";
      findings
          .cost(drill, variant)
          .ifPresent(cost -> values.put(what, Wording.format("%,d", cost.failed())));
    }
    return card(title, values, "failed requests under a steady load");
  }

  private Map<String, String> cpu() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String variant : findings.ways()) {
      findings
          .speed(variant, Findings.ORDER, findings.rate())
          .ifPresent(
              speed -> values.put(Wording.name(variant), Wording.time(speed.cpuPerRequest())));
    }
    return values;
  }

  private Map<String, String> memory() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String variant : BROKEN) {
      findings
          .setup(variant)
          .ifPresent(
              setup ->
                  values.put(Wording.name(variant), Wording.mebibytes(setup.totalMemoryMib())));
    }
    return values;
  }

  private static String card(String title, Map<String, String> values, String note) {
    StringBuilder html = new StringBuilder("<section class=\"card\"><h3>");
    html.append(Html.escaped(title)).append("</h3><dl>");
    values.forEach(
        (name, value) ->
            html.append("<dt>")
                .append(Html.escaped(name))
                .append("</dt><dd>")
                .append(Html.escaped(value))
                .append("</dd>"));
    return html.append("</dl><p>").append(Html.escaped(note)).append("</p></section>").toString();
  }
}
