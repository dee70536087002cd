package dev.rendezvous.loadtests.backend;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection to the service, as its scripts see it. */
public final class BackendConnection implements Closeable {
  private static final int LONGEST_HEAD = 256 * 1024;

  private final Socket socket;
  private final InputStream in;

  BackendConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Writes these characters, one byte each, at once. */
  public void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /**
   * Reads a body by the framing that its head announces.
   *
   * @return false where the peer went away before its end
   */
  public boolean readBody(ReceivedRequest request) throws IOException {
    var length = request.field("content-length");
    var whole = true;
    if (request.field("transfer-encoding").isPresent()) {
      whole = readChunks(request);
    } else if (length.isPresent()) {
      whole = readBytes(request, parse(length.get(), 10));
    }
    if (whole) {
      request.completed();
    } else {
      request.abandoned();
      close();
    }
    return whole;
  }

  /** Reads on until the peer goes away, and notes that it went. */
  public void awaitAbort(ReceivedRequest request) throws IOException {
    try {
      int next;
      while ((next = in.read()) >= 0) {
        request.addRaw(String.valueOf((char) next));
      }
    } finally {
      request.abandoned();
      close();
    }
  }

  /** Copies what comes back to the sender until it goes away, as an echo does. */
  public void echo(ReceivedRequest request) throws IOException {
    var buffer = new byte[8192];
    int count;
    while ((count = in.read(buffer)) >= 0) {
      request.addBody(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(buffer, 0, count);
      socket.getOutputStream().flush();
    }
    close();
  }

  /** Says that nothing more will be sent; the other half stays open. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes in good order: what was written arrives before the end does. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Breaks the connection off: the peer sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /** Up to the empty line, which is read, too; null where the peer went away. */
  @Nullable String readHead() throws IOException {
    var head = new StringBuilder();
    while (head.length() < LONGEST_HEAD) {
      var next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
      if (next == '\n' && head.length() > 3 && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
        return head.substring(0, head.length() - 2);
      }
    }
    return null;
  }

  private boolean readBytes(ReceivedRequest request, long count) throws IOException {
    for (var left = count; left > 0; left--) {
      var next = in.read();
      if (next < 0) {
        return false;
      }
      var text = String.valueOf((char) next);
      request.addRaw(text);
      request.addBody(text);
    }
    return true;
  }

  private boolean readChunks(ReceivedRequest request) throws IOException {
    while (true) {
      var line = readLine(request);
      if (line == null) {
        return false;
      }
      var end = line.indexOf(';');
      var size = parse((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size == 0) {
        return readTrailers(request);
      }
      if (!readBytes(request, size) || readLine(request) == null) {
        return false;
      }
    }
  }

  private boolean readTrailers(ReceivedRequest request) throws IOException {
    String line;
    do {
      line = readLine(request);
    } while (line != null && !line.isEmpty());
    return line != null;
  }

  private @Nullable String readLine(ReceivedRequest request) throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) >= 0) {
      line.append((char) next);
      if (next == '\n') {
        request.addRaw(line.toString());
        return line.toString().strip();
      }
    }
    return null;
  }

  private static long parse(String number, int radix) throws IOException {
    try {
      return Long.parseLong(number, radix);
    } catch (NumberFormatException e) {
      throw new IOException("the proxy sent broken framing: " + number, e);
    }
  }
}
