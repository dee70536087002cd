package dev.rendezvous.loadtests.capacity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Slow-loris clients: each sends a head byte by byte and never ends it. */
final class SlowHeads implements AutoCloseable {
  /** They are many clients and not one: in each beat a share of them sends. */
  private static final Duration BEAT = Duration.ofMillis(50);

  /** The beats between two bytes of one client. */
  private static final int BETWEEN_BYTES = 10;

  /** The beats in which they arrive: nobody's clients come, or are cut, in one instant. */
  private static final int ARRIVAL = 100;

  private static final String BEGIN = "GET /service/small HTTP/1.1\r\nHost: slow\r\nX-Slow: ";

  private final Selector selector = Selector.open();
  private final InetSocketAddress gateway;
  private final int count;
  private final int firstSource;
  private int arrived;
  private int cut;

  SlowHeads(InetSocketAddress gateway, int count, int firstSource) throws IOException {
    this.gateway = gateway;
    this.count = count;
    this.firstSource = firstSource;
  }

  /**
   * Lets them arrive, and send until the gateway has closed all of them.
   *
   * @return how many it had closed when the patience ended
   */
  int sendUntilCut(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    long next = System.nanoTime();
    int beats = 0;
    while (cut < count && System.nanoTime() - end < 0) {
      if (System.nanoTime() - next >= 0) {
        next += BEAT.toNanos();
        int turn = beats++ % BETWEEN_BYTES;
        selector.keys().stream()
            .filter(key -> (int) key.attachment() % BETWEEN_BYTES == turn)
            .forEach(SlowHeads::sendOneByte);
        arrive();
      }
      selector.select(this::read, Math.max(1, (next - System.nanoTime()) / 1_000_000));
    }
    return cut;
  }

  private void arrive() throws IOException {
    for (int i = 0; i < count / ARRIVAL && arrived < count; i++) {
      SocketChannel channel = Sources.connect(gateway, firstSource + arrived);
      channel.write(ByteBuffer.wrap(BEGIN.getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, arrived);
      arrived++;
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private static void sendOneByte(SelectionKey key) {
    if (key.isValid()) {
      try {
        ((SocketChannel) key.channel()).write(ByteBuffer.wrap(new byte[] {'a'}));
      } catch (IOException closedMeanwhile) {
        // Reading will tell.
      }
    }
  }

  /** A 408 may come first; what counts is the end. */
  private void read(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    int size;
    try {
      size = channel.read(ByteBuffer.allocate(4096));
    } catch (IOException reset) {
      size = -1;
    }
    if (size < 0) {
      cut++;
      try {
        channel.close();
      } catch (IOException ignored) {
        // It was closed by the other side.
      }
    }
  }
}
