package dev.rendezvous.gateway.connection;

import io.netty.buffer.ByteBuf;

/**
 * Follows the frames that a client sends (RFC 9113 section 4.1) without reading what they hold, to
 * know whether a head is under way: one can be spread over any number of frames and reads.
 */
final class Http2Frames {
  private static final int HEADER = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  private int headerRead;
  private int length;
  private int type;
  private int flags;
  private boolean open;
  private boolean begun;

  /** Takes note of bytes, which stay unread. */
  void follow(ByteBuf bytes, int from) {
    var end = bytes.writerIndex();
    for (var i = from; i < end; ) {
      if (headerRead < HEADER) {
        header(bytes.getUnsignedByte(i++));
      } else {
        var taken = Math.min(length, end - i);
        length -= taken;
        i += taken;
      }
      if (headerRead == HEADER && length == 0) {
        ended();
      }
    }
  }

  private void header(int octet) {
    switch (headerRead++) {
      case 0 -> length = octet << 16;
      case 1 -> length |= octet << 8;
      case 2 -> length |= octet;
      case 3 -> type = octet;
      case 4 -> flags = octet;
      default -> {} // The stream is of no interest.
    }
  }

  private void ended() {
    headerRead = 0;
    begun = true;
    if (type == HEADERS || type == CONTINUATION) {
      open = (flags & END_HEADERS) == 0;
    }
  }

  /** Whether something has begun that must end soon: any frame but one with a piece of a body. */
  boolean isHeadUnderWay() {
    return !begun || open || (headerRead > 0 && (headerRead < HEADER || type != DATA));
  }
}
