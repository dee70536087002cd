package dev.rendezvous.loadtests.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Finds where a response ends (RFC 9112 6.3) and what its status is, byte by byte, whatever the
 * pieces in which it arrives.
 */
final class ResponseParser {
  private static final int LONGEST_LINE = 16 * 1024;

  private enum State {
    STATUS,
    HEADER,
    LENGTH,
    UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    COMPLETE
  }

  private final byte[] line = new byte[LONGEST_LINE];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private int lineLength;
  private State state = State.COMPLETE;
  private boolean head;
  private boolean keepBody;
  private boolean started;
  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private long remaining;
  private long bodyBytes;

  /**
   * Ready for the next response.
   *
   * @param answersHead whether it answers a HEAD, so that it has no body
   */
  void expect(boolean answersHead, boolean keepBodies) {
    head = answersHead;
    keepBody = keepBodies;
    started = false;
    bodyBytes = 0;
    kept.reset();
    beginHead();
  }

  /**
   * Reads up to the response's end; what follows stays in the buffer.
   *
   * @return whether the response is complete
   */
  boolean parse(ByteBuffer in) throws ProtocolException {
    started |= in.hasRemaining();
    while (in.hasRemaining() && state != State.COMPLETE) {
      switch (state) {
        case LENGTH -> {
          if (take(in)) {
            state = State.COMPLETE;
          }
        }
        case CHUNK -> {
          if (take(in)) {
            state = State.CHUNK_END;
          }
        }
        case UNTIL_CLOSE -> take(in);
        default -> {
          if (readLine(in)) {
            endOfLine();
            lineLength = 0;
          }
        }
      }
    }
    return state == State.COMPLETE;
  }

  /** Whether the connection's end was the response's end. */
  boolean endsByClose() {
    return state == State.UNTIL_CLOSE;
  }

  boolean started() {
    return started;
  }

  int status() {
    return status;
  }

  boolean keepAlive() {
    return keepAlive && state == State.COMPLETE;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  byte[] body() {
    return kept.toByteArray();
  }

  private void beginHead() {
    state = State.STATUS;
    keepAlive = true;
    chunked = false;
    remaining = -1;
    lineLength = 0;
  }

  private boolean take(ByteBuffer in) {
    int size = (int) Math.min(remaining < 0 ? Integer.MAX_VALUE : remaining, in.remaining());
    if (keepBody) {
      byte[] piece = new byte[size];
      in.get(piece);
      kept.writeBytes(piece);
    } else {
      in.position(in.position() + size);
    }
    bodyBytes += size;
    if (remaining >= 0) {
      remaining -= size;
    }
    return remaining == 0;
  }

  private boolean readLine(ByteBuffer in) throws ProtocolException {
    while (in.hasRemaining()) {
      byte next = in.get();
      if (next == '\n') {
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return true;
      }
      if (lineLength == line.length) {
        throw new ProtocolException("a line over " + LONGEST_LINE + " bytes");
      }
      line[lineLength++] = next;
    }
    return false;
  }

  private void endOfLine() throws ProtocolException {
    switch (state) {
      case STATUS -> statusLine();
      case HEADER -> {
        if (lineLength == 0) {
          endOfHead();
        } else {
          header();
        }
      }
      case CHUNK_SIZE -> {
        remaining = number(16);
        state = remaining == 0 ? State.TRAILER : State.CHUNK;
      }
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILER -> state = lineLength == 0 ? State.COMPLETE : State.TRAILER;
      default -> throw new IllegalStateException(state.name());
    }
  }

  private void statusLine() throws ProtocolException {
    if (lineLength < 12 || line[0] != 'H' || line[8] != ' ') {
      throw new ProtocolException("no status line: " + text(0, Math.min(lineLength, 60)));
    }
    status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
    keepAlive = line[7] == '1';
    state = State.HEADER;
  }

  private void header() throws ProtocolException {
    int colon = 0;
    while (colon < lineLength && line[colon] != ':') {
      colon++;
    }
    // By length first: most headers cost no string.
    switch (colon) {
      case 14 -> {
        if (text(0, colon).equalsIgnoreCase("Content-Length")) {
          remaining = length(text(colon + 1, lineLength).trim(), 10);
        }
      }
      case 17 -> {
        if (text(0, colon).equalsIgnoreCase("Transfer-Encoding")) {
          chunked = value(colon).endsWith("chunked");
        }
      }
      case 10 -> {
        if (text(0, colon).equalsIgnoreCase("Connection")) {
          keepAlive = keepAlive ? !value(colon).contains("close") : value(colon).contains("keep");
        }
      }
      default -> {}
    }
  }

  private void endOfHead() {
    if (status >= 100 && status < 200 && status != 101) {
      beginHead();
    } else if (head || status == 204 || status == 304) {
      state = State.COMPLETE;
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (remaining == 0) {
      state = State.COMPLETE;
    } else {
      state = remaining < 0 ? State.UNTIL_CLOSE : State.LENGTH;
    }
  }

  private long number(int radix) throws ProtocolException {
    int end = 0;
    while (end < lineLength && line[end] != ';') {
      end++;
    }
    return length(text(0, end).trim(), radix);
  }

  private static long length(String digits, int radix) throws ProtocolException {
    try {
      return Long.parseUnsignedLong(digits, radix);
    } catch (NumberFormatException notANumber) {
      throw new ProtocolException("no length: " + digits);
    }
  }

  private String value(int colon) {
    return text(colon + 1, lineLength).trim().toLowerCase(Locale.ROOT);
  }

  private String text(int from, int to) {
    return new String(line, from, to - from, ISO_8859_1);
  }
}
