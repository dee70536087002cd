package dev.rendezvous.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One end of a TCP connection that speaks HTTP/1.1 by hand, so that it may also speak it badly. */
final class Peer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static Peer connect(int port) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** The head of a message, with the empty line that ends it. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** A message as it came. */
  record Message(String startLine, List<String> fields, String text, List<String> trailers) {
    int status() {
      return Integer.parseInt(startLine.split(" ", -1)[1]);
    }

    /** The target of a request. */
    String target() {
      return startLine.split(" ", -1)[1];
    }

    /** All values of a field. */
    List<String> all(String name) {
      return fields.stream()
          .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(field -> field.substring(name.length() + 1).strip())
          .toList();
    }

    String first(String name) {
      var all = all(name);
      return all.isEmpty() ? null : all.get(0);
    }
  }

  Peer write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Peer write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends one request without a body and reads its answer. */
  Message get(String path) throws IOException {
    return write("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").readResponse(false);
  }

  Message readRequest() throws IOException {
    var start = readLine();
    var fields = readFields();
    return new Message(start, fields, readBody(start, fields, false), List.of());
  }

  /** Reads an answer; {@code headOnly} for what has no body whatever its fields say. */
  Message readResponse(boolean headOnly) throws IOException {
    var start = readLine();
    var fields = readFields();
    var message = new Message(start, fields, "", List.of());
    var status = message.status();
    if (headOnly || status < 200 || status == 204 || status == 304) {
      return message;
    }
    if ("chunked".equals(message.first("transfer-encoding"))) {
      var body = new ByteArrayOutputStream();
      for (var chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
        body.writeBytes(chunk);
      }
      return new Message(start, fields, body.toString(StandardCharsets.UTF_8), readFields());
    }
    return new Message(start, fields, readBody(start, fields, true), List.of());
  }

  private String readBody(String start, List<String> fields, boolean toEnd) throws IOException {
    var message = new Message(start, fields, "", List.of());
    if ("chunked".equals(message.first("transfer-encoding"))) {
      var body = new ByteArrayOutputStream();
      for (var chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
        body.writeBytes(chunk);
      }
      readFields();
      return body.toString(StandardCharsets.UTF_8);
    }
    var length = message.first("content-length");
    if (length == null) {
      return toEnd ? readToEnd() : "";
    }
    return readText(Integer.parseInt(length));
  }

  byte[] readExactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("only " + bytes.length + " of " + length);
    }
    return bytes;
  }

  String readText(int length) throws IOException {
    return new String(readExactly(length), StandardCharsets.UTF_8);
  }

  /** One chunk; empty for the last one, whose trailer fields are still to be read. */
  byte[] readChunk() throws IOException {
    var length = Integer.parseInt(readLine(), 16);
    var bytes = readExactly(length);
    if (length > 0) {
      readLine();
    }
    return bytes;
  }

  List<String> readFields() throws IOException {
    var fields = new java.util.ArrayList<String>();
    for (var line = readLine(); !line.isEmpty(); line = readLine()) {
      fields.add(line);
    }
    return fields;
  }

  String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("after '" + line + "'");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Everything until the other side closes. */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side closes, or has closed, without another byte. */
  boolean isClosedByOther() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  /** Waits for the first byte, which stays to be read; false where the other side closes. */
  boolean begins() throws IOException {
    in.mark(1);
    var any = in.read() >= 0;
    in.reset();
    return any;
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
