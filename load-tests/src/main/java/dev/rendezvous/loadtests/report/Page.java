package dev.rendezvous.loadtests.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Drill;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page: one file that needs nothing from anywhere, the answer first and all figures below. */
final class Page {

  private static final List<String> BROKEN = List.of(Results.GATEWAY, Results.DISCOVERY);

  private final Findings findings;
  private final Tables tables;

  Page(Findings findings) {
    this.findings = findings;
    this.tables = new Tables(findings);
  }

  String html() throws IOException {
    String title = "API gateway or service discovery: what each costs";
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<link rel=\"icon\" href=\"data:,\"><title>"
        + title
        + "</title><style>"
        + style()
        + "</style></head><body><h1>"
        + title
        + "</h1>"
        + new Answer(findings).html()
        + speed()
        + cost()
        + failures()
        + "<h2>The table that everybody quotes, measured</h2>"
        + new Summary(findings).grid().html()
        + figures()
        + limits()
        + "</body></html>\n";
  }

  private static String style() throws IOException {
    try (InputStream css = Page.class.getResourceAsStream("page.css")) {
      if (css == null) {
        throw new IOException("page.css is missing from the program");
      }
      return new String(css.readAllBytes(), UTF_8);
    }
  }

  private String key() {
    return findings.variants().stream()
        .map(
            variant ->
                "<li style=\"--of:var(--%s)\">%s</li>".formatted(variant, Wording.name(variant)))
        .collect(Collectors.joining("", "<ul class=\"key\">", "</ul>"));
  }

  private static String figure(String caption, String svg) {
    return "<figure><figcaption>" + caption + "</figcaption>" + svg + "</figure>";
  }

  private String speed() {
    StringBuilder html = new StringBuilder("<h2>Speed</h2>");
    html.append("<p class=\"soft\">At ")
        .append(Wording.rate(findings.rate()))
        .append(", from when a request was due to the last byte of its answer; whiskers are 95 %")
        .append(" intervals, the grey band is how much the base line differs from itself.</p>")
        .append(key())
        .append("<div class=\"charts\">");
    for (String request : Findings.REQUESTS) {
      html.append(
          figure(
              "<strong>" + Html.escaped(request) + "</strong>, all answers",
              new LatencyChart(findings, request).svg()));
    }
    for (String request : Findings.REQUESTS) {
      html.append(
          figure(
              "<strong>" + Html.escaped(request) + "</strong>, added to the middle answer by rate",
              new AddedChart(findings, request).svg()));
    }
    return html.append("</div>").toString();
  }

  private String cost() {
    BarChart memory = new BarChart("Memory by way and process");
    for (String variant : BROKEN) {
      findings
          .setup(variant)
          .ifPresent(
              setup ->
                  memory.bar(
                      Wording.name(variant),
                      variant,
                      setup.memoryMib(),
                      Wording.mebibytes(setup.totalMemoryMib())));
    }
    StringBuilder html = new StringBuilder("<h2>What it takes</h2><div class=\"charts\">");
    html.append(figure("<strong>Memory</strong> of all processes, after the load", memory.svg()));
    for (String request : Findings.REQUESTS) {
      BarChart cpu = new BarChart("CPU of " + request + " by way");
      for (String variant : findings.variants()) {
        findings
            .speed(variant, request, findings.rate())
            .ifPresent(
                speed ->
                    cpu.bar(
                        Wording.name(variant),
                        variant,
                        Map.of("", speed.cpuPerRequest()),
                        Wording.time(speed.cpuPerRequest())));
      }
      html.append(
          figure(
              "<strong>CPU</strong> of one <strong>"
                  + Html.escaped(request)
                  + "</strong>, all processes together",
              cpu.svg()));
    }
    return html.append("</div>").toString();
  }

  private String failures() {
    StringBuilder html = new StringBuilder("<h2>When something breaks</h2>");
    html.append("<p class=\"soft\">Requests by the time at which they were sent, in steps of")
        .append(" a quarter of a second, while something is done to the system.</p>")
        .append("<ul class=\"key\"><li style=\"--of:var(--answered)\">answered</li>")
        .append("<li style=\"--of:var(--slow)\">one took over 0.8 s</li>")
        .append("<li style=\"--of:var(--failed)\">failed</li></ul>");
    for (Drill drill : findings.results().drills()) {
      html.append("<section class=\"drill\"><h3>")
          .append(Html.escaped(drill.event()))
          .append("</h3><div class=\"charts\">");
      for (String variant : BROKEN) {
        html.append(
            drill
                .outcome(variant)
                .cost()
                .map(cost -> timeline(drill, variant, cost))
                .orElseGet(
                    () ->
                        figure(
                            "<strong>"
                                + Wording.name(variant)
                                + "</strong>: "
                                + Html.escaped(drill.outcome(variant).lacking().orElse("")),
                            "")));
      }
      html.append("</div></section>");
    }
    return html.toString();
  }

  private static String timeline(Drill drill, String variant, Cost cost) {
    String failed = Wording.format("%,d of %,d failed", cost.failed(), cost.requests());
    StringBuilder caption =
        new StringBuilder("<strong>").append(Wording.name(variant)).append("</strong>: ");
    caption.append(cost.failed() > 0 ? "<span class=\"bad\">" + failed + "</span>" : failed);
    caption.append(", ").append(cost.slow()).append(" slow");
    cost.secondsToNotice()
        .ifPresent(seconds -> caption.append(", noticed after ").append(Wording.seconds(seconds)));
    cost.secondsToRecover()
        .ifPresent(seconds -> caption.append(", back after ").append(Wording.seconds(seconds)));
    cost.other().ifPresent(other -> caption.append(", ").append(Html.escaped(other)));
    return figure(
        caption.toString(),
        new TimelineChart(cost, drill.event() + ", " + Wording.name(variant)).svg());
  }

  private String figures() {
    StringBuilder html = new StringBuilder("<h2>All figures</h2>");
    for (Grid grid :
        List.of(
            tables.speed(Findings.READ),
            tables.speed(Findings.ORDER),
            tables.capacity(),
            tables.failures(),
            tables.setup(),
            tables.scale())) {
      html.append("<h3>")
          .append(Html.escaped(grid.title()).replace("`", ""))
          .append("</h3>")
          .append(grid.html());
    }
    Grid manifest = tables.manifest();
    return html.append("<h2>")
        .append(manifest.title())
        .append("</h2>")
        .append(manifest.html())
        .toString();
  }

  private static String limits() {
    return Report.LIMITS.stream()
        .map(limit -> Html.escaped(limit).replaceAll("`([^`]*)`", "<code>$1</code>"))
        .collect(
            Collectors.joining(
                "</li><li>", "<h2>What the numbers do not say</h2><ul><li>", "</li></ul>"));
  }
}
