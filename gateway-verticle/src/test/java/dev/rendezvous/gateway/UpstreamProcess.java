package dev.rendezvous.gateway;

import dev.rendezvous.chassis.testing.JavaProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;

/** A service in a process of its own, which can be killed; it answers with its port. */
final class UpstreamProcess {
  private UpstreamProcess() {}

  public static void main(String[] arguments) {
    var port = Integer.parseInt(System.getenv("PORT"));
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end("" + port))
        .listen(port, "127.0.0.1");
  }

  /** Starts one and waits until it listens. */
  static JavaProcess at(int port, Path folder) throws Exception {
    var process =
        JavaProcess.start(
            UpstreamProcess.class.getName(),
            Map.of("PORT", "" + port),
            folder.resolve(port + ".log"));
    RunningGateway.await("port " + port + " is open", () -> isOpen(port));
    return process;
  }

  private static boolean isOpen(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
