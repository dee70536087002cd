package dev.rendezvous.loadtests.capacity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Connections from several loopback addresses: one alone has some 28,000 ports. */
final class Sources {
  private static final int EACH = 2000;

  private Sources() {}

  /** The connection with that number, from 0. */
  static SocketChannel connect(InetSocketAddress target, int number) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.bind(new InetSocketAddress("127.0.0." + (10 + number / EACH), 0));
      channel.connect(target);
      return channel;
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }
}
