package dev.rendezvous.loadtests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The figures by which proxies are ranked, of a {@code bench.json}. */
public final class Headline {
  private static final String NONE = "–";

  /** As long as {@code git} abbreviates it. */
  private static final int COMMIT = 7;

  private Headline() {}

  /**
   * Small GETs at 16 connections and at a fixed rate, as a table for the README.
   *
   * @throws IOException also where the file has no such cells
   */
  public static String table(Path file) throws IOException {
    JsonNode bench = new ObjectMapper().readTree(file.toFile());
    JsonNode busy = cell(bench, Cell.headline());
    JsonNode steady = cell(bench, Cell.headlineAtFixedRate());
    JsonNode manifest = bench.path("manifest");
    String small = Payload.SMALL.label();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        | GET of %s | CPU a request, µs | ÷ nginx | requests/s | ÷ nginx | p99 at %.0f/s, µs | ÷ nginx |
        |---|--:|--:|--:|--:|--:|--:|
        """
            .formatted(small, manifest.path("fixed_rates").path(small).asDouble()));
    busy.fieldNames()
        .forEachRemaining(
            name ->
                text.append(
                    "| %s | %s | %s | %s |%n"
                        .formatted(
                            name,
                            figures(busy.path(name).path("cpu_us"), "%.1f"),
                            figures(busy.path(name).path("requests_per_second"), "%.0f"),
                            figures(steady.path(name).path("p99_us"), "%.0f"))));
    return text.append("\n`")
        .append(manifest.path("command").asText())
        .append("` of ")
        .append(manifest.path("time").asText().split("T", -1)[0])
        .append(" at ")
        .append(manifest.path("commit").asText(), 0, COMMIT)
        .append(", ")
        .append(manifest.path("cores").asText())
        .append("; the first four columns at 16 connections that are kept busy\n")
        .toString();
  }

  private static JsonNode cell(JsonNode bench, Cell wanted) throws IOException {
    for (JsonNode cell : bench.path("cells")) {
      if (cell.path("method").asText().equals(wanted.method())
          && cell.path("payload_bytes").asInt() == wanted.payload().bytes()
          && cell.path("connections").asInt(0) == wanted.connections()) {
        return cell.path("measured");
      }
    }
    throw new IOException("no cell \"" + wanted.label() + "\" was measured");
  }

  /** The median and its ratio to nginx's. */
  private static String figures(JsonNode figure, String format) {
    return number(figure.path("median"), format)
        + " | "
        + number(figure.path("over_nginx"), "%.2f");
  }

  private static String number(JsonNode number, String format) {
    return number.isNumber() ? String.format(Locale.ROOT, format, number.asDouble()) : NONE;
  }
}
