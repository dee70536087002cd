package dev.rendezvous.loadtests.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is measured of each proxy.
 *
 * @param method GET, whose answer carries the payload, or POST, whose request does
 * @param connections that are kept busy; 0 for a fixed rate
 * @param length of one measurement
 */
record Cell(String method, Payload payload, int connections, Duration length) {
  /** What {@code wrk} takes at least. */
  private static final Duration CLOSED = Duration.ofSeconds(1);

  private static final Duration OPEN = Duration.ofMillis(600);

  /** Enough requests for a p99 that can be told from another. */
  private static final Duration HEADLINE_OPEN = Duration.ofSeconds(2);

  private static final int FIXED_RATE = 0;

  /** The cell by which proxies are ranked: a small GET at 16 connections. */
  static Cell headline() {
    return closed("GET", Payload.SMALL, 16);
  }

  /** The cell for the p99 at a fixed rate. */
  static Cell headlineAtFixedRate() {
    return new Cell("GET", Payload.SMALL, FIXED_RATE, HEADLINE_OPEN);
  }

  static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (String method : List.of("GET", "POST")) {
      for (Payload payload : List.of(Payload.SMALL, Payload.MEDIUM)) {
        cells.add(closed(method, payload, 1));
        cells.add(closed(method, payload, 16));
        cells.add(closed(method, payload, 64));
        cells.add(atFixedRate(method, payload));
      }
      // With this payload 16 connections fill a core; what is counted is the bytes.
      cells.add(closed(method, Payload.LARGE, 16));
      cells.add(atFixedRate(method, Payload.LARGE));
    }
    return List.copyOf(cells);
  }

  static List<Cell> few() {
    return List.of(
        headline(),
        headlineAtFixedRate(),
        closed("POST", Payload.MEDIUM, 16),
        closed("GET", Payload.LARGE, 16));
  }

  boolean fixedRate() {
    return connections == FIXED_RATE;
  }

  String label() {
    return method
        + " "
        + payload.label()
        + (fixedRate()
            ? " at a fixed rate"
            : connections == 1 ? ", 1 connection" : ", " + connections + " connections");
  }

  private static Cell closed(String method, Payload payload, int connections) {
    return new Cell(method, payload, connections, CLOSED);
  }

  private static Cell atFixedRate(String method, Payload payload) {
    return method.equals("GET") && payload == Payload.SMALL
        ? headlineAtFixedRate()
        : new Cell(method, payload, FIXED_RATE, OPEN);
  }
}
