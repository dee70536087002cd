package dev.rendezvous.loadtests.backend;

import java.io.IOException;

/** What a service does with one request. */
@FunctionalInterface
public interface Script {
  /**
   * Serves a request whose head has been read. Afterwards the connection waits for the next one,
   * unless it was closed.
   *
   * @throws IOException where the peer has gone, which ends the connection
   */
  void serve(ReceivedRequest request, BackendConnection connection) throws IOException;

  /** Reads the whole request and writes these characters, one byte each. */
  static Script answering(String bytes) {
    return (request, connection) -> {
      if (connection.readBody(request)) {
        connection.send(bytes);
      }
    };
  }

  /** Reads the whole request, writes these characters and closes the connection. */
  static Script answeringAndClosing(String bytes) {
    return (request, connection) -> {
      connection.readBody(request);
      connection.send(bytes);
      connection.close();
    };
  }
}
