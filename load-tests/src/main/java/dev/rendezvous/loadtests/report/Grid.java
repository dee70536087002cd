package dev.rendezvous.loadtests.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of texts, in whatever way it is to be read.
 *
 * @param title a sentence without a full stop
 * @param columns one name a column; the first may be empty
 * @param rows as many cells each as there are columns
 */
record Grid(String title, List<String> columns, List<List<String>> rows) {

  private static final int MOST_CHARACTERS = 32;

  Grid {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(title + ": " + row + " under " + columns);
      }
    }
  }

  String markdown() {
    String rule = columns.stream().map(column -> "---").collect(Collectors.joining("|", "|", "|"));
    return row(columns)
        + "\n"
        + rule
        + "\n"
        + rows.stream().map(Grid::row).collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** For a terminal; long cells go on in lines of their own. */
  String text() {
    List<List<List<String>>> all = new ArrayList<>();
    all.add(columns.stream().map(Grid::wrapped).toList());
    rows.forEach(row -> all.add(row.stream().map(Grid::wrapped).toList()));
    int[] widths =
        IntStream.range(0, columns.size())
            .map(column -> all.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder(title).append('\n');
    for (List<List<String>> row : all) {
      int height = row.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < height; line++) {
        text.append(line(row, line, widths)).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(List<List<String>> row, int line, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column -> {
              List<String> cell = row.get(column);
              String words = line < cell.size() ? cell.get(line) : "";
              return words + " ".repeat(widths[column] - words.length());
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static int width(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(0);
  }

  private static List<String> wrapped(String cell) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : cell.replace("`", "").replace("**", "").split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > MOST_CHARACTERS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  String html() {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    columns.forEach(
        column -> html.append("<th scope=\"col\">").append(rich(column)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(rich(row.get(0))).append("</th>");
      row.stream().skip(1).forEach(cell -> html.append("<td>").append(rich(cell)).append("</td>"));
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static String rich(String cell) {
    return Html.escaped(cell)
        .replaceAll("`([^`]*)`", "<code>$1</code>")
        .replaceAll("\\*\\*([^*]*)\\*\\*", "<strong>$1</strong>");
  }
}
