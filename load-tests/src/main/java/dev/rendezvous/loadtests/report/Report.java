package dev.rendezvous.loadtests.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code results.json}, {@code report.md} and {@code index.html}. */
public final class Report {

  /** What no figure in it can say. */
  static final List<String> LIMITS =
      List.of(
          "All processes, the load generator too, share one machine and its loopback network: a real"
              + " network adds the same time to every hop, so a gateway's hop costs more there than"
              + " here, and what waits for a core here would not wait there.",
          "The differences between the ways can be carried over, the absolute times cannot.",
          "`GET /users/{id}` by way of discovery is a client's own: it knows the addresses from the"
              + " registry and adds no hop. A client that cannot ask a registry needs a gateway.",
          "A gateway also does what is not measured here: limits, one place for TLS and logs.",
          "The drills' clients wait for one answer before they send again, as people do; the speed is"
              + " measured with requests that come whether or not others are answered.",
          "Two user services, one order service, one gateway and one registry: a second gateway or a"
              + " registry of three would change the failure table and the memory.");

  private final Results results;
  private final Findings findings;

  public Report(Results results) {
    this.results = results;
    this.findings = new Findings(results);
  }

  /** Writes all three into the folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ResultsFile.write(results, folder.resolve("results.json"));
    Files.writeString(folder.resolve("report.md"), markdown());
    Files.writeString(folder.resolve("index.html"), new Page(findings).html());
  }

  /** The first table and what stands below it, for a terminal. */
  public String text() {
    return new Summary(findings).grid().text() + "\n" + new Tables(findings).failures().text();
  }

  /** The first table, for the README. */
  public String summary() {
    Manifest manifest = results.manifest();
    return new Summary(findings).grid().markdown()
        + Wording.format(
            "%nMeasured by `%s` at commit %s on %d cores (%s), %s.%n",
            manifest.command(),
            manifest.commit(),
            manifest.cores(),
            manifest.processor(),
            manifest.startedAt().substring(0, 10));
  }

  String markdown() {
    Tables tables = new Tables(findings);
    StringBuilder text =
        new StringBuilder("# API gateway or service discovery: what each costs\n\n");
    text.append(summary());
    for (Grid grid :
        List.of(
            tables.speed(Findings.READ),
            tables.speed(Findings.ORDER),
            tables.capacity(),
            tables.failures(),
            tables.setup(),
            tables.scale(),
            tables.manifest())) {
      text.append("\n## ").append(grid.title()).append("\n\n").append(grid.markdown());
    }
    text.append("\n## What the numbers do not say\n\n");
    LIMITS.forEach(limit -> text.append("- ").append(limit).append('\n'));
    return text.toString();
  }
}
