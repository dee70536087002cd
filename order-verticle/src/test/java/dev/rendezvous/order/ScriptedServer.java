package dev.rendezvous.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Answers each connection's first request with raw bytes: what no proper server would send. */
final class ScriptedServer implements AutoCloseable {
  interface Script {
    void answer(Output out) throws IOException;
  }

  interface Output {
    void write(String bytes) throws IOException;
  }

  private final ServerSocket socket;
  private final AtomicLong sent = new AtomicLong();

  ScriptedServer(Script script) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var acceptor = new Thread(() -> accept(script), "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** How many bytes were taken from it so far. */
  long sent() {
    return sent.get();
  }

  private void accept(Script script) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        var thread = new Thread(() -> serve(connection, script), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection, Script script) {
    try (connection) {
      var in = connection.getInputStream();
      if (in.read(new byte[8_192]) < 0) {
        return;
      }
      var out = connection.getOutputStream();
      script.answer(
          bytes -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            sent.addAndGet(bytes.length());
          });
    } catch (IOException clientHasHadEnough) {
      // That is what the tests want to see.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
