package dev.rendezvous.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/** What Vert.x does not offer for connections; the only class that reaches into it. */
final class Connections {
  private Connections() {}

  /**
   * Closes at once. Vert.x would wait until all that was written is taken, and a peer that does not
   * read could put that off for ever.
   */
  static void cut(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      var unused = known.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  /** Writes what waits, though the connection is about to be closed by whoever reads from it. */
  static void flush(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      known.flush();
    }
  }
}
