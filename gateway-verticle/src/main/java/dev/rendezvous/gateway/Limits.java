package dev.rendezvous.gateway;

import java.time.Duration;

/**
 * The bounds of one gateway, the same for all routes; what a route may change is in {@link Route}.
 *
 * @param connections the most connections to one instance; Vert.x would stop at 5
 * @param waiting the most requests that wait for one of those; what is more gets a 503
 * @param keepAlive how long an unused connection to an instance is kept; must be less than what the
 *     services keep theirs (75 s), so that the gateway closes first
 * @param clientIdle how long a client's connection may be silent
 * @param linger how long the rest of a refused body is read so that its client can read the refusal
 * @param drain how long requests may finish in after the gateway was told to stop
 */
record Limits(
    int connections,
    int waiting,
    Duration keepAlive,
    Duration clientIdle,
    Duration linger,
    Duration drain) {
  static final int REQUEST_LINE = 8 * 1024;
  static final int HEADERS = 16 * 1024;

  static final Limits DEFAULTS =
      new Limits(
          128,
          256,
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));

  /** The share of one of {@code parts} event loops, each of which has a pool of its own. */
  Limits share(int parts) {
    return new Limits(
        Math.max(1, connections / parts),
        Math.max(1, waiting / parts),
        keepAlive,
        clientIdle,
        linger,
        drain);
  }
}
