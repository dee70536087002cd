package dev.rendezvous.loadtests.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An SVG picture for the page: its colours are classes of the page's style sheet, so that it
 * follows the reader's light or dark; its size is the page's to decide.
 */
final class Drawing {

  /** Of every chart; small enough that its text can be read on a phone. */
  static final int WIDTH = 420;

  private final StringBuilder svg = new StringBuilder();

  /**
   * @param title what it shows, for who cannot see it
   */
  Drawing(int height, String title) {
    svg.append(
        Wording.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH, height, Html.escaped(title)));
  }

  Drawing line(double x1, double y1, double x2, double y2, String style) {
    svg.append(
        Wording.format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
            x1, y1, x2, y2, style));
    return this;
  }

  /** With a note that shows while the pointer is on it. */
  Drawing box(double x, double y, double width, double height, String style, String note) {
    svg.append(
        Wording.format(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">",
            x, y, Math.max(0, width), Math.max(0, height), style));
    svg.append("<title>").append(Html.escaped(note)).append("</title></rect>");
    return this;
  }

  Drawing dot(double x, double y, String style, String note) {
    svg.append(
        Wording.format(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"><title>%s</title></circle>",
            x, y, style, Html.escaped(note)));
    return this;
  }

  /** Through points of x and y. */
  Drawing path(List<double[]> points, String style) {
    svg.append("<polyline class=\"").append(style).append("\" points=\"");
    svg.append(
        points.stream()
            .map(point -> Wording.format("%.1f,%.1f", point[0], point[1]))
            .collect(Collectors.joining(" ")));
    svg.append("\"/>");
    return this;
  }

  /**
   * @param anchor where x is in the text: start, middle or end
   */
  Drawing text(double x, double y, String anchor, String style, String words) {
    svg.append(
        Wording.format(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
            x, y, anchor, style, Html.escaped(words)));
    return this;
  }

  String svg() {
    return svg + "</svg>";
  }
}
