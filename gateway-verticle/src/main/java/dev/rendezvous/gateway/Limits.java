package dev.rendezvous.gateway;

import dev.rendezvous.gateway.connection.ClientConnections;
import dev.rendezvous.gateway.route.ServerSettings;
import java.time.Duration;

/**
 * The bounds of one gateway that its sockets and pools are made with, the same for all routes.
 *
 * @param connections the most connections to one instance; Vert.x would stop at 5
 * @param waiting the most requests that wait for one of those; what is more gets a 503
 * @param keepAlive how long an unused connection to an instance is kept; must be less than what the
 *     services keep theirs (75 s), so that the gateway closes first
 * @param clientIdle how long a client's connection may be silent between two requests
 * @param linger how long the rest of a refused body is read so that its client can read the refusal
 * @param farewell how long, after the gateway was told to stop, a silent connection may still get a
 *     request, so that its end does not cross one
 */
record Limits(
    int connections,
    int waiting,
    Duration keepAlive,
    Duration clientIdle,
    Duration linger,
    Duration farewell) {
  /** The most requests that an HTTP/2 client may have in flight on one connection. */
  static final int STREAMS = 128;

  static final Limits DEFAULTS = of(ServerSettings.DEFAULTS);

  static Limits of(ServerSettings settings) {
    return new Limits(
        settings.connections(),
        settings.waiting(),
        Duration.ofSeconds(30),
        settings.clientIdle(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }

  /** The share of one of {@code parts} event loops, each of which has a pool of its own. */
  Limits share(int parts) {
    return new Limits(
        Math.max(1, connections / parts),
        Math.max(1, waiting / parts),
        keepAlive,
        clientIdle,
        linger,
        farewell);
  }

  ClientConnections.Times clientTimes() {
    return new ClientConnections.Times(clientIdle, linger, farewell);
  }
}
