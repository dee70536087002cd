package dev.rendezvous.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A client that writes HTTP/2 frames by hand, so that it may also write wrong ones. */
final class Http2Peer implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PRIORITY = 32;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Peer peer;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

  private Http2Peer(Socket socket) throws IOException {
    peer = new Peer(socket);
  }

  /** One frame as it came; the error of {@code RST_STREAM} and {@code GOAWAY} is in its payload. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> fields) {
    boolean isEnd() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    long error() {
      return Integer.toUnsignedLong(ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0));
    }

    int lastStream() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  /** With prior knowledge, without TLS. */
  static Http2Peer connect(int port) throws IOException {
    return on(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** On a connection that is agreed to be one. */
  static Http2Peer on(Socket socket) throws IOException {
    var peer = new Http2Peer(socket);
    peer.peer.write(PREFACE);
    return peer.frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** The head of a request, literal (RFC 7541 section 6.2.2). */
  static byte[] block(String... namesAndValues) {
    var block = new ByteArrayOutputStream();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      literal(block, namesAndValues[i]);
      literal(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    var left = text.length();
    block.write(Math.min(left, 127));
    if (left >= 127) {
      for (left -= 127; left >= 128; left >>= 7) {
        block.write((left & 127) | 128);
      }
      block.write(left);
    }
    block.writeBytes(text.getBytes(ISO_8859_1));
  }

  static byte[] request(String method, String path, String... more) {
    var head = new ByteArrayOutputStream();
    head.writeBytes(block(":method", method, ":scheme", "http", ":path", path, ":authority", "a"));
    head.writeBytes(block(more));
    return head.toByteArray();
  }

  Http2Peer get(int stream, String path) throws IOException {
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, request("GET", path));
  }

  Http2Peer frame(int type, int flags, int stream, byte[] payload) throws IOException {
    return write(bytes(type, flags, stream, payload));
  }

  static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  Http2Peer write(byte[] bytes) throws IOException {
    peer.write(bytes);
    return this;
  }

  Http2Peer reset(int stream, int error) throws IOException {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(error).array());
  }

  /** The next frame; settings and pings are acknowledged on the way. */
  Frame read() throws IOException {
    var head = ByteBuffer.wrap(peer.readExactly(9));
    var length = (head.get() & 255) << 16 | (head.getShort() & 0xffff);
    var type = head.get() & 255;
    var flags = head.get() & 255;
    var stream = head.getInt();
    var payload = peer.readExactly(length);
    if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
      frame(type, ACK, 0, type == PING ? payload : new byte[0]);
    }
    var fields = new LinkedHashMap<String, String>();
    if (type == HEADERS) {
      // Each of them, because they build on each other; a priority may stand before them.
      var block = Unpooled.wrappedBuffer(payload).skipBytes((flags & PRIORITY) == 0 ? 0 : 5);
      for (var field : decode(stream, block)) {
        fields.merge(field.getKey().toString(), field.getValue().toString(), Http2Peer::both);
      }
    }
    return new Frame(type, flags, stream, payload, fields);
  }

  private Http2Headers decode(int stream, ByteBuf block) throws IOException {
    try {
      return decoder.decodeHeaders(stream, block);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  private static String both(String first, String second) {
    return first + "|" + second;
  }

  Frame next(Predicate<Frame> wanted) throws IOException {
    var frame = read();
    while (!wanted.test(frame)) {
      frame = read();
    }
    return frame;
  }

  Frame next(int type) throws IOException {
    return next(frame -> frame.type() == type);
  }

  /** An answer: its fields, and its body under the empty name. */
  Map<String, String> answer(int stream) throws Exception {
    var answer = new LinkedHashMap<String, String>();
    answer.put("", "");
    Frame frame;
    do {
      frame = next(each -> each.stream() == stream);
      if (frame.type() == HEADERS) {
        frame.fields().forEach((name, value) -> answer.merge(name, value, Http2Peer::both));
      } else if (frame.type() == DATA) {
        answer.merge("", new String(frame.payload(), ISO_8859_1), String::concat);
      } else if (frame.type() == RST_STREAM) {
        throw new IOException("reset with " + frame.error());
      }
    } while (!frame.isEnd());
    return answer;
  }

  /** Reads until the other side closes. */
  void readToEnd() throws IOException {
    peer.readToEnd();
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
