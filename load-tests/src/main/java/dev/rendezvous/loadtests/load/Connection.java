package dev.rendezvous.loadtests.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One kept-alive connection of a stream, with at most one exchange on it. */
final class Connection {
  private final Stream stream;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ResponseParser parser = new ResponseParser();
  private @Nullable Exchange exchange;
  private @Nullable ByteBuffer unsent;
  private boolean used;

  private Connection(Stream stream, SocketChannel channel, SelectionKey key) {
    this.stream = stream;
    this.channel = channel;
    this.key = key;
    key.attach(this);
  }

  /** Begins to connect; the exchange is sent when the connection stands. */
  static Connection open(Stream stream, Selector selector, Exchange first) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean stands = channel.connect(stream.plan().address());
      SelectionKey key =
          channel.register(selector, stands ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
      Connection connection = new Connection(stream, channel, key);
      connection.take(first);
      return connection;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  /** Whether a used connection ended before a byte of the answer came (RFC 9112 9.3.1). */
  boolean stale() {
    return used && !parser.started();
  }

  void send(Exchange next) {
    take(next);
    try {
      write();
    } catch (IOException failed) {
      afterFailedWrite(failed);
    }
  }

  void ready(ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        write();
      } else if (key.isValid() && key.isWritable()) {
        write();
      }
    } catch (IOException failed) {
      afterFailedWrite(failed);
      return;
    }
    if (key.isValid() && key.isReadable()) {
      try {
        read(buffer);
      } catch (IOException failed) {
        stream.failed(this, failed);
      }
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing is left to be lost on it.
    }
  }

  private void take(Exchange next) {
    exchange = next;
    unsent = next.request().bytes();
    parser.expect(next.request().method().equals("HEAD"), stream.plan().keepBodies());
  }

  private void write() throws IOException {
    ByteBuffer rest = unsent;
    if (rest == null || !channel.isConnected()) {
      return;
    }
    channel.write(rest);
    if (rest.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else {
      unsent = null;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** A peer that refuses a body answers, then closes: its answer counts, if it can be read. */
  private void afterFailedWrite(IOException failed) {
    if (!channel.isConnected()) {
      stream.failed(this, failed);
      return;
    }
    try {
      ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
      read(answer);
      if (exchange != null) {
        stream.failed(this, failed);
      }
    } catch (IOException alsoFailed) {
      stream.failed(this, failed);
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    int size;
    do {
      buffer.clear();
      size = channel.read(buffer);
      buffer.flip();
      if (size < 0) {
        end();
        return;
      }
      if (exchange == null) {
        if (size > 0) {
          stream.failed(this, new IOException("bytes that nobody asked for"));
          return;
        }
      } else if (parser.parse(buffer)) {
        complete(parser.keepAlive() && unsent == null && !buffer.hasRemaining());
        return;
      }
    } while (size == buffer.capacity());
  }

  private void end() throws IOException {
    if (exchange == null) {
      stream.closedWhileIdle(this);
    } else if (parser.endsByClose()) {
      complete(false);
    } else {
      throw new EOFException(
          parser.started() ? "closed within the answer" : "closed before the answer");
    }
  }

  private void complete(boolean reusable) {
    Exchange done = exchange;
    if (done == null) {
      throw new IllegalStateException("an answer to nothing");
    }
    exchange = null;
    used = true;
    stream.answered(this, done, parser, reusable);
  }
}
