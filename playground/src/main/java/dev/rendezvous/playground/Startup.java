package dev.rendezvous.playground;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings the parts up, stores first, and tells how far it is; it ends nothing. */
final class Startup {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REMINDER = Duration.ofSeconds(5);

  private final List<List<Part>> rows;
  private final Blueprint blueprint;
  private final Progress progress;
  private final long created = System.nanoTime();

  Startup(List<List<Part>> rows, Blueprint blueprint, Progress progress) {
    this.rows = List.copyOf(rows);
    this.blueprint = blueprint;
    this.progress = progress;
  }

  /**
   * Returns when the first request of a person will succeed.
   *
   * @throws StartFailure where a part ends, or is not ready in time
   */
  void run() {
    progress.line("Starting " + names(all(rows)));
    startAndAwait(rows.get(0));
    startAndAwait(all(rows.subList(1, rows.size())));
    new FirstRequest(blueprint).await(this::requireAlive);
  }

  private void startAndAwait(List<Part> parts) {
    parts.parallelStream().forEach(Part::start); // a first start makes databases
    Set<Part> waiting = new LinkedHashSet<>(parts);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Await.until(REMINDER, () -> allReady(waiting))) {
      if (System.nanoTime() - deadline > 0) {
        throw waiting.iterator().next().notReady(PATIENCE);
      }
      progress.line("  waiting for " + names(waiting));
    }
  }

  private boolean allReady(Set<Part> waiting) {
    requireAlive();
    waiting.removeIf(this::readyNow);
    return waiting.isEmpty();
  }

  private boolean readyNow(Part part) {
    boolean ready = part.ready();
    if (ready) {
      progress.line(
          String.format(
              Locale.ROOT, "  %-10s %5.1f s  %s", part.name(), seconds(), part.address()));
    }
    return ready;
  }

  /** A part that was started and is gone ends the start of the others. */
  private void requireAlive() {
    for (Part part : all(rows)) {
      if (part.wasStarted() && !part.alive()) {
        throw part.died();
      }
    }
  }

  /** Seconds since this was made. */
  double seconds() {
    return (System.nanoTime() - created) / 1e9;
  }

  static String names(Collection<Part> parts) {
    return parts.stream().map(Part::name).collect(Collectors.joining(", "));
  }

  private static List<Part> all(List<List<Part>> rows) {
    return rows.stream().flatMap(List::stream).toList();
  }
}
