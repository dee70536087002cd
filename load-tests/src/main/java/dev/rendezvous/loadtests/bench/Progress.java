package dev.rendezvous.loadtests.bench;

import java.time.Duration;

/** Says now and then what is measured and how long it will still take. */
final class Progress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final long begun = System.nanoTime();
  private final long total;
  private long done;
  private long said = begun - BETWEEN_LINES.toNanos();

  /**
   * Nothing is done yet.
   *
   * @param total in whatever unit {@link #advance} uses
   */
  Progress(long total) {
    this.total = total;
  }

  void say(String what) {
    long now = System.nanoTime();
    if (now - said >= BETWEEN_LINES.toNanos()) {
      said = now;
      System.out.println("  " + left(now) + what);
    }
  }

  void advance(long by) {
    done += by;
  }

  private String left(long now) {
    if (done == 0) {
      return "";
    }
    long seconds = (now - begun) / 1_000_000_000 * (total - done) / done;
    return "%d:%02d left, ".formatted(seconds / 60, seconds % 60);
  }
}
