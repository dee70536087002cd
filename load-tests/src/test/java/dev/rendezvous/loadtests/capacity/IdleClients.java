package dev.rendezvous.loadtests.capacity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients that asked once and keep their connections. */
final class IdleClients implements AutoCloseable {
  private final List<SocketChannel> channels = new ArrayList<>();

  /** Each has had its answer when this returns. */
  static IdleClients connect(InetSocketAddress gateway, int count) throws IOException {
    IdleClients clients = new IdleClients();
    byte[] request = "GET /service/small HTTP/1.1\r\nHost: idle\r\n\r\n".getBytes(ISO_8859_1);
    ByteBuffer answer = ByteBuffer.allocate(4096);
    try {
      for (int i = 0; i < count; i++) {
        SocketChannel channel = Sources.connect(gateway, i);
        clients.channels.add(channel);
        channel.write(ByteBuffer.wrap(request));
        answer.clear();
        String text = "";
        while (!text.contains("\r\n\r\n") || answer.get(answer.position() - 1) != 0) {
          if (channel.read(answer) < 0) {
            throw new IOException("connection " + i + " was closed after: " + text);
          }
          text = new String(answer.array(), 0, answer.position(), ISO_8859_1);
        }
        if (!text.startsWith("HTTP/1.1 200 ")) {
          throw new IOException("connection " + i + " was answered " + text);
        }
      }
      return clients;
    } catch (IOException failed) {
      clients.close();
      throw failed;
    }
  }

  /** How many connections the gateway has not closed. */
  long open() throws IOException {
    long open = 0;
    ByteBuffer nothing = ByteBuffer.allocate(16);
    for (SocketChannel channel : channels) {
      channel.configureBlocking(false);
      open += channel.read(nothing) == 0 ? 1 : 0;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
