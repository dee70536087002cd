package dev.rendezvous.loadtests.conformance.run;

import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.conformance.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table as {@code conformance.md} for people and {@code conformance.json} for programs. */
final class TableFiles {
  private static final String HOW_TO_READ =
      """
      # Conformance

      Made by `./test conformance`. Each case sends bytes to a proxy and looks at both sides: what the
      client gets and what the service behind it gets. A case passes (✓) when both see what the source
      asks for; where a standard leaves a choice, every choice passes. Cases marked *own* are choices
      of ours among those that the standards leave; they are counted apart, and a proxy that fails one
      does nothing wrong. A dash means that a case was not run. All proxies are told the same as far as
      they can be: one worker, the same routes, limits and times, forwarded headers set; the rest is
      their default. Of h2spec's 145 tests only those are listed that somebody fails; Netty itself, on
      which ours stands, fails 5.1/6, 5.1/12 and 5.1.1/2.

      """;

  private TableFiles() {}

  /**
   * Writes both.
   *
   * @param versions of the proxies, by their names
   */
  static void write(ResultTable table, Map<String, String> versions, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("conformance.md"), markdown(table, versions));
    Files.writeString(folder.resolve("conformance.json"), json(table, versions));
  }

  private static String markdown(ResultTable table, Map<String, String> versions) {
    var text = new StringBuilder(HOW_TO_READ);
    text.append("| passed | ").append(String.join(" | ", table.proxies())).append(" |\n|---|");
    text.append("---|".repeat(table.proxies().size())).append('\n');
    for (var kind : ResultTable.Kind.values()) {
      text.append("| ").append(kind.title()).append(" | ");
      text.append(
          table.proxies().stream()
              .map(proxy -> table.total(proxy, kind))
              .collect(Collectors.joining(" | ")));
      text.append(" |\n");
    }
    text.append('\n');
    versions.forEach(
        (proxy, version) ->
            text.append("- ").append(proxy).append(": ").append(version).append('\n'));
    var group = "";
    for (var row : table.rows()) {
      if (isTold(table, row)) {
        if (!row.group().equals(group)) {
          group = row.group();
          text.append("\n## ").append(group).append("\n\n| case | rule | source | ");
          text.append(String.join(" | ", table.proxies())).append(" |\n|---|---|---|");
          text.append("---|".repeat(table.proxies().size())).append('\n');
        }
        append(table, row, text);
      }
    }
    return text.toString();
  }

  /** Of h2spec's own tests only those that somebody fails. */
  private static boolean isTold(ResultTable table, ResultTable.Row row) {
    var foreign =
        row.kind() == ResultTable.Kind.H2SPEC || row.kind() == ResultTable.Kind.H2SPEC_TLS;
    return !foreign
        || table.proxies().stream().anyMatch(proxy -> table.verdict(row, proxy).failed());
  }

  private static void append(ResultTable table, ResultTable.Row row, StringBuilder text) {
    text.append("| ").append(row.id()).append(" | ").append(escape(row.rule())).append(" | ");
    text.append(row.kind() == ResultTable.Kind.OWN ? "*own:* " : "");
    text.append(escape(row.source())).append(" | ");
    text.append(
        table.proxies().stream()
            .map(proxy -> cell(table.verdict(row, proxy).outcome()))
            .collect(Collectors.joining(" | ")));
    text.append(" |\n");
  }

  private static String cell(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "✓";
      case FAIL -> "**✗**";
      case NOT_RUN -> "–";
    };
  }

  /** A pipe would end the cell, and an angle bracket would begin markup. */
  private static String escape(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private static String json(ResultTable table, Map<String, String> versions) {
    var rows =
        table.rows().stream().map(row -> row(table, row)).collect(Collectors.joining(",\n    "));
    return "{\n  \"versions\": "
        + versions.entrySet().stream()
            .map(entry -> string(entry.getKey()) + ": " + string(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        + ",\n  \"cases\": [\n    "
        + rows
        + "\n  ]\n}\n";
  }

  private static String row(ResultTable table, ResultTable.Row row) {
    return "{\"group\": %s, \"id\": %s, \"rule\": %s, \"source\": %s, \"kind\": %s, \"results\": {%s}}"
        .formatted(
            string(row.group()),
            string(row.id()),
            string(row.rule()),
            string(row.source()),
            string(row.kind().name().toLowerCase(Locale.ROOT)),
            table.proxies().stream()
                .map(proxy -> string(proxy) + ": " + verdict(table.verdict(row, proxy)))
                .collect(Collectors.joining(", ")));
  }

  private static String verdict(Verdict verdict) {
    return "{\"outcome\": %s, \"detail\": %s}"
        .formatted(
            string(verdict.outcome().name().toLowerCase(Locale.ROOT)), string(verdict.detail()));
  }

  /** RFC 8259 section 7: what is neither plain ASCII nor harmless is escaped. */
  private static String string(String text) {
    var escaped = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                escaped.append('\\').append((char) c);
              } else if (c < ' ' || c > '~') {
                escaped.append("\\u%04x".formatted(c));
              } else {
                escaped.append((char) c);
              }
            });
    return escaped.append('"').toString();
  }
}
