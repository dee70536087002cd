package dev.rendezvous.loadtests.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.nio.charset.StandardCharsets;

/** Frames of RFC 9113 section 4, as texts of one byte a character; nothing checks what they say. */
public final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 32;

  /** What a client's connection begins with, its empty settings included. */
  public static final String PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, "");

  private static final int CANCEL = 8;

  private Http2Frames() {}

  /**
   * Header fields.
   *
   * @param stream odd, increasing
   * @param end whether nothing follows on the stream
   * @param namesAndValues in their order, pseudo-header fields as any other
   */
  public static String headers(int stream, boolean end, String... namesAndValues) {
    var headers = new DefaultHttp2Headers(false);
    for (var i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    var block = Unpooled.buffer();
    try {
      // A fresh encoder without a dynamic table: each frame can be read by itself.
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE)
          .encodeHeaders(stream, headers, block);
    } catch (Http2Exception e) {
      throw new IllegalArgumentException(e);
    }
    return frame(
        HEADERS,
        END_HEADERS | (end ? END_STREAM : 0),
        stream,
        block.toString(StandardCharsets.ISO_8859_1));
  }

  /** A part of a body. */
  public static String data(int stream, boolean end, String bytes) {
    return frame(DATA, end ? END_STREAM : 0, stream, bytes);
  }

  /** Takes a request back. */
  public static String cancel(int stream) {
    return frame(RST_STREAM, 0, stream, "\0\0\0" + (char) CANCEL);
  }

  private static String frame(int type, int flags, int stream, String payload) {
    var length = payload.length();
    var lengthBytes =
        "" + (char) (length >> 16 & 255) + (char) (length >> 8 & 255) + (char) (length & 255);
    return lengthBytes + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
  }
}
