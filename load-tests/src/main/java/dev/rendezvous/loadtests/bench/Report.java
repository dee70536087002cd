package dev.rendezvous.loadtests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the figures for people (and on the terminal) and for programs. */
final class Report {
  private static final String YARDSTICK = "nginx";

  /** Below this the proxy was waiting for the load, so that its requests/s are not its limit. */
  private static final double SATURATED = 0.9;

  private final Manifest manifest;
  private final Results results;
  private final List<String> contestants;

  Report(Manifest manifest, Results results, List<String> contestants) {
    this.manifest = manifest;
    this.results = results;
    this.contestants = contestants;
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String table = table();
    Files.writeString(folder.resolve("bench.md"), table + "\n" + conditions());
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(folder.resolve("bench.json"), json.writeValueAsString(all()) + "\n");
    System.out.println(table);
    System.out.println("Written: " + folder.resolve("bench.md") + ", bench.json");
  }

  private String table() {
    StringBuilder text = new StringBuilder("# What one hop costs\n");
    for (Cell cell : results.cells()) {
      text.append("\n## ").append(cell.label()).append("\n\n");
      text.append("| | CPU µs/request | ÷ nginx | requests/s | ÷ nginx | p50 µs | p99 µs |");
      text.append(" ÷ nginx | spread of CPU, p99 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
      for (String name : contestants) {
        text.append(row(cell, name));
      }
    }
    return text.toString();
  }

  private String row(Cell cell, String name) {
    boolean atItsLimit =
        !cell.fixedRate() && !(results.median(cell, name, Sample::busy) < SATURATED);
    boolean marked = !cell.fixedRate() && !atItsLimit;
    return "| %s | %s | %s | %s%s | %s | %s | %s%s | %s | %s, %s |%n"
        .formatted(
            name,
            number(results.median(cell, name, Sample::cpuMicros)),
            ratio(cell, name, Sample::cpuMicros),
            marked ? "≥ " : "",
            number(results.median(cell, name, Sample::rate)),
            ratio(cell, name, Sample::rate),
            number(results.median(cell, name, Sample::p50)),
            cell.fixedRate() && results.loadLate(cell, name) ? "≤ " : "",
            number(results.median(cell, name, Sample::p99)),
            ratio(cell, name, Sample::p99),
            percent(results.spread(cell, name, Sample::cpuMicros)),
            percent(results.spread(cell, name, Sample::p99)));
  }

  private String conditions() {
    StringBuilder text = new StringBuilder("## How it was measured\n\n");
    text.append("Medians over the rounds; spread is (largest - smallest) / median. ");
    text.append("CPU is user and system time of the proxy's processes. ");
    text.append("\"≥\": the proxy had time to spare, the load was the limit. ");
    text.append("\"≤\": the load itself was late, which is in the figure. ");
    text.append("At a fixed rate latency counts from the moment a request was due.\n\n");
    manifest
        .entries()
        .forEach(
            (name, value) -> {
              if (!name.equals("measured")) {
                text.append("- ").append(name).append(": ").append(value).append('\n');
              }
            });
    return text.toString();
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("manifest", manifest.entries());
    List<Object> cells = new ArrayList<>();
    for (Cell cell : results.cells()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("method", cell.method());
      entry.put("payload_bytes", cell.payload().bytes());
      entry.put("connections", cell.fixedRate() ? "fixed rate" : cell.connections());
      entry.put("seconds", cell.length().toMillis() / 1e3);
      Map<String, Object> proxies = new LinkedHashMap<>();
      contestants.forEach(name -> proxies.put(name, figures(cell, name)));
      entry.put("measured", proxies);
      cells.add(entry);
    }
    all.put("cells", cells);
    return all;
  }

  private Map<String, Object> figures(Cell cell, String name) {
    Map<String, Object> figures = new LinkedHashMap<>();
    put(figures, "cpu_us", cell, name, Sample::cpuMicros);
    put(figures, "requests_per_second", cell, name, Sample::rate);
    put(figures, "p50_us", cell, name, Sample::p50);
    put(figures, "p99_us", cell, name, Sample::p99);
    put(figures, "busy", cell, name, Sample::busy);
    figures.put("load_late", results.loadLate(cell, name));
    return figures;
  }

  private void put(
      Map<String, Object> figures,
      String key,
      Cell cell,
      String name,
      ToDoubleFunction<Sample> figure) {
    double median = results.median(cell, name, figure);
    if (Double.isNaN(median)) {
      return; // JSON has no word for it
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("median", median);
    entry.put("spread", results.spread(cell, name, figure));
    double yardstick = results.median(cell, YARDSTICK, figure);
    if (!Double.isNaN(yardstick)) {
      entry.put("over_nginx", median / yardstick);
    }
    entry.put("rounds", results.samples(cell, name).stream().mapToDouble(figure).boxed().toList());
    figures.put(key, entry);
  }

  private String ratio(Cell cell, String name, ToDoubleFunction<Sample> figure) {
    double ratio = results.median(cell, name, figure) / results.median(cell, YARDSTICK, figure);
    return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
