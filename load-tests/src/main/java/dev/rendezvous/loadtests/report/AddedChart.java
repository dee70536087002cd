package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Speed.Interval;
import java.util.List;

/** What each way adds to the middle answer at each rate, with intervals and the noise floor. */
final class AddedChart {

  private static final int HEIGHT = 230;
  private static final int LEFT = 56;
  private static final int RIGHT = 8;
  private static final int TOP = 12;
  private static final int BOTTOM = 34;
  private static final int BAR = 22;
  private static final int LONGEST = 2;

  private final Findings findings;
  private final String request;
  private final double low;
  private final double high;

  AddedChart(Findings findings, String request) {
    this.findings = findings;
    this.request = request;
    double most = 1;
    double least = 0;
    for (int rate : findings.results().manifest().rates()) {
      for (String way : findings.ways()) {
        Interval interval = interval(way, rate);
        // A whisker may be cut off; it must not make all bars too small to be seen.
        most = Math.max(most, Math.min(interval.high(), LONGEST * Math.abs(interval.value())));
        least = Math.min(least, Math.max(interval.low(), -LONGEST * Math.abs(interval.value())));
      }
    }
    this.high = most * 1.05;
    this.low = least * 1.05;
  }

  private Interval interval(String way, int rate) {
    return findings
        .speed(way, request, rate)
        .flatMap(Speed::added)
        .map(Speed.Added::p50)
        .orElse(new Interval(0, 0, 0));
  }

  String svg() {
    Drawing drawing = new Drawing(HEIGHT, "Time added to " + request + " by rate");
    double step = step();
    for (double micros = Math.ceil(low / step) * step; micros <= high; micros += step) {
      drawing.line(LEFT, y(micros), Drawing.WIDTH - RIGHT, y(micros), "rule");
      drawing.text(LEFT - 6, y(micros) + 4, "end", "tick", Wording.signed(micros));
    }
    List<Integer> rates = findings.results().manifest().rates();
    double group = (Drawing.WIDTH - LEFT - RIGHT) / (double) rates.size();
    for (int i = 0; i < rates.size(); i++) {
      group(drawing, rates.get(i), LEFT + i * group, group);
    }
    drawing.line(LEFT, y(0), Drawing.WIDTH - RIGHT, y(0), "axis");
    return drawing.svg();
  }

  private double step() {
    double rough = (high - low) / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return power * (rough / power < 2 ? 2 : rough / power < 5 ? 5 : 10);
  }

  private void group(Drawing drawing, int rate, double x, double width) {
    double floor = findings.noiseFloor(request, rate).map(found -> found.p50().reach()).orElse(0.0);
    drawing.box(
        x + 4,
        cut(floor),
        width - 8,
        cut(-floor) - cut(floor),
        "noise",
        "noise floor ±" + Wording.time(floor));
    List<String> ways = findings.ways();
    double begin = x + (width - ways.size() * BAR * 1.4) / 2;
    for (int i = 0; i < ways.size(); i++) {
      Interval interval = interval(ways.get(i), rate);
      double left = begin + i * BAR * 1.4 + BAR * 0.2;
      double top = y(Math.max(0, interval.value()));
      double bottom = y(Math.min(0, interval.value()));
      String note =
          Wording.name(ways.get(i))
              + " at "
              + Wording.rate(rate)
              + ": "
              + Wording.difference(interval);
      drawing.box(left, top, BAR, Math.max(1, bottom - top), "fill-" + ways.get(i), note);
      double middle = left + BAR / 2.0;
      drawing.line(middle, cut(interval.low()), middle, cut(interval.high()), "whisker");
    }
    drawing.text(x + width / 2, HEIGHT - BOTTOM + 18, "middle", "tick", "at " + Wording.rate(rate));
  }

  /** Within the picture. */
  private double cut(double micros) {
    return y(Math.max(low, Math.min(high, micros)));
  }

  private double y(double micros) {
    return TOP + (high - micros) / (high - low) * (HEIGHT - TOP - BOTTOM);
  }
}
