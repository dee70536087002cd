package dev.rendezvous.gateway.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** What a client sends, looked at before anybody decodes it: which protocol, and where in it. */
final class ClientBytes {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private enum Protocol {
    UNKNOWN,
    HTTP_1,
    HTTP_2,
    /** HTTP/2 after an upgrade whose request has a body: where its frames begin is not seen. */
    UPGRADED
  }

  private final Http2Frames frames = new Http2Frames();
  private Protocol protocol = Protocol.UNKNOWN;
  private int prefaceRead;
  private boolean upgraded;

  /** After an upgrade the client begins anew, with the preface (RFC 7540 section 3.2). */
  void upgrade() {
    if (protocol == Protocol.HTTP_1) {
      upgraded = true;
      protocol = Protocol.UNKNOWN;
      prefaceRead = 0;
    }
  }

  boolean isHttp2() {
    return protocol == Protocol.HTTP_2;
  }

  /**
   * Takes note of bytes, which stay unread.
   *
   * @param betweenRequests whether HTTP/1 bytes can only be of a head
   * @return whether a head is under way after them
   */
  boolean isHeadUnderWay(ByteBuf bytes, boolean betweenRequests) {
    var from = bytes.readerIndex();
    if (protocol == Protocol.UNKNOWN) {
      from = recognize(bytes, from);
    }
    return switch (protocol) {
      case HTTP_2 -> {
        frames.follow(bytes, from);
        yield frames.isHeadUnderWay();
      }
      case HTTP_1 -> betweenRequests;
      case UNKNOWN -> true;
      case UPGRADED -> false;
    };
  }

  private int recognize(ByteBuf bytes, int from) {
    var i = from;
    while (i < bytes.writerIndex() && bytes.getByte(i) == PREFACE[prefaceRead]) {
      i++;
      if (++prefaceRead == PREFACE.length) {
        protocol = Protocol.HTTP_2;
        return i;
      }
    }
    if (i < bytes.writerIndex()) {
      protocol = upgraded ? Protocol.UPGRADED : Protocol.HTTP_1;
    }
    return i;
  }
}
