package dev.rendezvous.chassis.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports for servers that must know their port before they listen. */
public final class Ports {
  private Ports() {}

  /** Below the range from which the kernel takes the ports of outgoing connections. */
  public static int free() {
    for (var tries = 0; tries < 1_000; tries++) {
      var port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one then.
      }
    }
    throw new IllegalStateException("no free port between 20000 and 30000");
  }
}
