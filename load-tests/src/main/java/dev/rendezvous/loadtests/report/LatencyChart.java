package dev.rendezvous.loadtests.report;

import java.util.ArrayList;
import java.util.List;

/** How long answers took, by percentile: both axes are logarithmic, the rare ones at the right. */
final class LatencyChart {

  private static final int HEIGHT = 250;
  private static final int LEFT = 52;
  private static final int RIGHT = 20;
  private static final int TOP = 10;
  private static final int BOTTOM = 34;
  private static final List<Double> TICKS = List.of(50.0, 90.0, 99.0, 99.9);

  private final Findings findings;
  private final String request;
  private final double low;
  private final double high;

  LatencyChart(Findings findings, String request) {
    this.findings = findings;
    this.request = request;
    List<Double> all =
        findings.variants().stream()
            .flatMap(variant -> findings.speed(variant, request, findings.rate()).stream())
            .flatMap(speed -> speed.curve().stream())
            .toList();
    this.low = Math.log10(all.stream().mapToDouble(micros -> Math.max(1, micros)).min().orElse(1));
    this.high =
        Math.log10(all.stream().mapToDouble(micros -> Math.max(1, micros)).max().orElse(10));
  }

  String svg() {
    String title = "Percentiles of " + request + " by way";
    Drawing drawing = new Drawing(HEIGHT, title);
    grid(drawing);
    for (String variant : findings.variants()) {
      findings
          .speed(variant, request, findings.rate())
          .ifPresent(speed -> curve(drawing, variant, speed));
    }
    return drawing.svg();
  }

  private void grid(Drawing drawing) {
    for (int power = (int) Math.floor(low); power <= Math.ceil(high); power++) {
      for (int digit : new int[] {1, 2, 5}) {
        double micros = digit * Math.pow(10, power);
        double y = y(micros);
        if (y >= TOP - 1 && y <= HEIGHT - BOTTOM + 1) {
          drawing.line(LEFT, y, Drawing.WIDTH - RIGHT, y, "rule");
          drawing.text(LEFT - 6, y + 4, "end", "tick", label(micros));
        }
      }
    }
    for (double percentile : TICKS) {
      double x = x(percentile);
      drawing.line(x, TOP, x, HEIGHT - BOTTOM, "rule");
      String name = percentile == 50 ? "half" : Wording.format("%s %%", trimmed(percentile));
      drawing.text(x, HEIGHT - BOTTOM + 15, "middle", "tick", name);
    }
    drawing.text(
        Drawing.WIDTH - RIGHT, HEIGHT - 4, "end", "tick", "of the answers came within this time");
  }

  private static String trimmed(double value) {
    return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
  }

  private static String label(double micros) {
    return micros >= 1_000
        ? Wording.format("%.0f ms", micros / 1e3)
        : Wording.format("%.0f µs", micros);
  }

  private void curve(Drawing drawing, String variant, Speed speed) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < Speed.CURVE.size() && i < speed.curve().size(); i++) {
      points.add(new double[] {x(Speed.CURVE.get(i)), y(speed.curve().get(i))});
    }
    drawing.path(points, "curve of-" + variant);
    for (int i = 0; i < points.size(); i++) {
      if (TICKS.contains(Speed.CURVE.get(i))) {
        String note =
            Wording.format(
                "%s: %s %% within %s",
                Wording.name(variant),
                trimmed(Speed.CURVE.get(i)),
                Wording.time(speed.curve().get(i)));
        drawing.dot(points.get(i)[0], points.get(i)[1], "fill-" + variant, note);
      }
    }
  }

  /** The rarer, the farther right: by the logarithm of the share that is slower. */
  private static double x(double percentile) {
    double position = (2 - Math.log10(100 - percentile)) / 3;
    return LEFT + position * (Drawing.WIDTH - LEFT - RIGHT);
  }

  private double y(double micros) {
    double position = (Math.log10(Math.max(1, micros)) - low) / Math.max(0.1, high - low);
    return HEIGHT - BOTTOM - position * (HEIGHT - TOP - BOTTOM);
  }
}
