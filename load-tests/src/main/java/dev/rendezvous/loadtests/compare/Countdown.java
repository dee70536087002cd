package dev.rendezvous.loadtests.compare;

import java.io.PrintStream;
import java.util.Locale;

/** Tells what is running and how long is left, from how long things were planned to take. */
final class Countdown {

  private final PrintStream out;
  private final long begun = System.nanoTime();
  private final double planned;
  private double done;
  private double current;
  private long lastLine;
  private String lastPart = "";

  /**
   * @param planned seconds of all steps together
   */
  Countdown(PrintStream out, double planned) {
    this.out = out;
    this.planned = planned;
  }

  /**
   * The step before this one is done, and this one begins; a line every two seconds, and for each
   * new part.
   *
   * @param seconds that it is planned to take
   */
  synchronized void step(String part, String what, double seconds) {
    done += current;
    current = seconds;
    long now = System.nanoTime();
    if (part.equals(lastPart) && now - lastLine < 2_000_000_000L) {
      return;
    }
    lastPart = part;
    lastLine = now;
    double elapsed = seconds();
    // The plan's own error so far is taken for that of the rest.
    double pace = done < 1 ? 1 : Math.max(0.5, Math.min(3, elapsed / done));
    double left = Math.max(0, (planned - done) * pace);
    out.printf(
        Locale.ROOT,
        "[%3.0f %%, about %s left] %s: %s%n",
        Math.min(99, 100 * done / planned),
        clock(left),
        part,
        what);
  }

  /** Since this was made. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String clock(double seconds) {
    return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
  }
}
