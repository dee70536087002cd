package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Failure.Cost;
import dev.rendezvous.loadtests.report.Failure.Mark;
import java.util.List;

/** One drill's requests by the time at which they were sent; those that failed stand out. */
final class TimelineChart {

  private static final int HEIGHT = 132;
  private static final int LEFT = 30;
  private static final int RIGHT = 8;
  private static final int TOP = 40;
  private static final int BOTTOM = 20;
  private static final int SLOW_MILLIS = 800;
  private static final int NARROW = 80;

  private final Cost cost;
  private final String title;
  private final double step;

  TimelineChart(Cost cost, String title) {
    this.cost = cost;
    this.title = title;
    this.step = (Drawing.WIDTH - LEFT - RIGHT) / (double) Math.max(1, cost.succeeded().size());
  }

  String svg() {
    Drawing drawing = new Drawing(HEIGHT, title);
    int most = 1;
    for (int i = 0; i < cost.succeeded().size(); i++) {
      most = Math.max(most, cost.succeeded().get(i) + cost.failedSteps().get(i));
    }
    double scale = (HEIGHT - TOP - BOTTOM) / (double) most;
    for (int i = 0; i < cost.succeeded().size(); i++) {
      step(drawing, i, scale);
    }
    double floor = HEIGHT - BOTTOM;
    drawing.line(LEFT, floor, Drawing.WIDTH - RIGHT, floor, "axis");
    drawing.text(LEFT - 4, TOP + 8, "end", "tick", Wording.format("%d", most));
    drawing.text(LEFT - 4, floor, "end", "tick", "0");
    seconds(drawing);
    marks(drawing);
    return drawing.svg();
  }

  private void step(Drawing drawing, int i, double scale) {
    int succeeded = cost.succeeded().get(i);
    int failed = cost.failedSteps().get(i);
    int slowest = cost.slowestMillis().get(i);
    String note =
        Wording.format(
            "at %.2f s: %d answered, %d failed, the slowest took %d ms",
            i * cost.stepMillis() / 1e3, succeeded, failed, slowest);
    double x = LEFT + i * step;
    double floor = HEIGHT - BOTTOM;
    double width = Math.max(0.6, step - (step > 2 ? 0.8 : 0));
    String style = slowest > SLOW_MILLIS ? "slow" : "answered";
    drawing.box(x, floor - succeeded * scale, width, succeeded * scale, style, note);
    if (failed > 0) {
      double height = Math.max(2, failed * scale);
      drawing.box(x, floor - succeeded * scale - height, width, height, "failed", note);
    }
  }

  private void seconds(Drawing drawing) {
    double total = cost.succeeded().size() * cost.stepMillis() / 1e3;
    int every = total > 40 ? 20 : total > 15 ? 5 : 2;
    for (int second = 0; second <= total; second += every) {
      double x = x(second);
      drawing.text(x, HEIGHT - 5, "middle", "tick", second + " s");
    }
  }

  /** Names on two lines in turns, so that near ones do not cover each other. */
  private void marks(Drawing drawing) {
    List<Mark> marks = cost.marks();
    for (int i = 0; i < marks.size(); i++) {
      double x = x(marks.get(i).seconds());
      double y = i % 2 == 0 ? 12 : 26;
      drawing.line(x, y + 3, x, HEIGHT - BOTTOM, "mark");
      boolean late = x > Drawing.WIDTH - NARROW;
      drawing.text(late ? x - 3 : x + 3, y, late ? "end" : "start", "name", marks.get(i).text());
    }
  }

  private double x(double seconds) {
    return LEFT + seconds * 1e3 / cost.stepMillis() * step;
  }
}
