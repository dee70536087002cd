package dev.rendezvous.loadtests.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One bar a line, each of one or more pieces. */
final class BarChart {

  private static final int LINE = 34;
  private static final int LEFT = 78;
  private static final int RIGHT = 66;

  /**
   * @param name at its left
   * @param pieces sizes by name, drawn after each other
   * @param total at its right, for people
   */
  private record Bar(String name, String style, Map<String, Double> pieces, String total) {

    double size() {
      return pieces.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  BarChart(String title) {
    this.title = title;
  }

  BarChart bar(String name, String style, Map<String, Double> pieces, String total) {
    bars.add(new Bar(name, style, pieces, total));
    return this;
  }

  String svg() {
    Drawing drawing = new Drawing(Math.max(1, bars.size()) * LINE + 6, title);
    double most = Math.max(1, bars.stream().mapToDouble(Bar::size).max().orElse(1));
    double scale = (Drawing.WIDTH - LEFT - RIGHT) / most;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = i * LINE + 6.0;
      drawing.text(LEFT - 8, y + 18, "end", "name", bar.name());
      double x = LEFT;
      for (Map.Entry<String, Double> piece : bar.pieces().entrySet()) {
        double width = piece.getValue() * scale;
        String note = Wording.format("%s: %.0f", piece.getKey(), piece.getValue());
        drawing.box(x, y, Math.max(0.5, width - 1), LINE - 10, "fill-" + bar.style(), note);
        if (width > piece.getKey().length() * 6.6) {
          drawing.text(x + 4, y + 16, "start", "inside", piece.getKey());
        }
        x += width;
      }
      drawing.text(x + 6, y + 18, "start", "name", bar.total());
    }
    return drawing.svg();
  }
}
