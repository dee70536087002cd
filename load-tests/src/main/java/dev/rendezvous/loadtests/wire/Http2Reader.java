package dev.rendezvous.loadtests.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts what came over an HTTP/2 connection into answers, in the order of their streams. */
final class Http2Reader {
  private static final int FRAME_HEAD = 9;

  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Stream> streams = new TreeMap<>();
  private final List<Answer> connectionErrors = new ArrayList<>();

  private Http2Reader() {}

  private static final class Stream {
    private final List<Answer> interim = new ArrayList<>();
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<String> trailers = new ArrayList<>();
    private int status;
    private boolean complete;
    private boolean reset;

    /** A length that the body does not reach makes it malformed (RFC 9113 section 8.1.1). */
    private Answer answer() {
      var all = new Answer(status, head.toString(), body.toString(), trailers, complete);
      var cut =
          all.fields("content-length").stream()
              .anyMatch(length -> !body.isEmpty() && !length.equals("" + body.length()));
      return new Answer(status, all.head(), all.body(), trailers, complete && !cut);
    }

    private void addTo(List<Answer> answers) {
      answers.addAll(interim);
      if (status > 0) {
        answers.add(answer());
      }
      if (reset) {
        answers.add(new Answer(0, "RST_STREAM\r\n", "", List.of(), true));
      }
    }
  }

  static List<Answer> read(String text) {
    var reader = new Http2Reader();
    var at = 0;
    while (text.length() - at >= FRAME_HEAD) {
      var length = text.charAt(at) << 16 | text.charAt(at + 1) << 8 | text.charAt(at + 2);
      var end = at + FRAME_HEAD + length;
      if (end > text.length()) {
        break;
      }
      reader.frame(
          text.charAt(at + 3),
          text.charAt(at + 4),
          (text.charAt(at + 7) << 8) | text.charAt(at + 8),
          content(text.charAt(at + 3), text.charAt(at + 4), text.substring(at + FRAME_HEAD, end)));
      at = end;
    }
    var answers = new ArrayList<Answer>();
    reader.streams.values().forEach(stream -> stream.addTo(answers));
    answers.addAll(reader.connectionErrors);
    return answers;
  }

  private void frame(int type, int flags, int number, String payload) {
    if (type == Http2Frames.GOAWAY && payload.charAt(7) != 0) {
      connectionErrors.add(new Answer(0, "GOAWAY\r\n", "", List.of(), true));
      return;
    }
    if (number == 0) {
      return;
    }
    var stream = streams.computeIfAbsent(number, any -> new Stream());
    if (type == Http2Frames.HEADERS) {
      headers(stream, number, payload);
    } else if (type == Http2Frames.DATA) {
      stream.body.append(payload);
    } else if (type == Http2Frames.RST_STREAM) {
      stream.reset = true;
    }
    var carriesEnd = type == Http2Frames.HEADERS || type == Http2Frames.DATA;
    stream.complete |= carriesEnd && (flags & Http2Frames.END_STREAM) != 0;
  }

  /** Without padding and priority (RFC 9113 sections 6.1 and 6.2). */
  private static String content(int type, int flags, String payload) {
    if (type != Http2Frames.HEADERS && type != Http2Frames.DATA) {
      return payload;
    }
    var begin = 0;
    var end = payload.length();
    if ((flags & Http2Frames.PADDED) != 0) {
      begin = 1;
      end -= payload.charAt(0);
    }
    if (type == Http2Frames.HEADERS && (flags & Http2Frames.PRIORITY) != 0) {
      begin += 5;
    }
    return payload.substring(begin, end);
  }

  /** Continuations are not expected of answers as small as those here. */
  private void headers(Stream stream, int number, String payload) {
    var block = Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.ISO_8859_1));
    Http2Headers headers;
    try {
      headers = decoder.decodeHeaders(number, block);
    } catch (Http2Exception e) {
      throw new IllegalStateException("the proxy's header block cannot be read", e);
    }
    var lines = new ArrayList<String>();
    headers.forEach(field -> lines.add(field.getKey() + ": " + field.getValue()));
    if (headers.status() == null) {
      stream.trailers.addAll(lines);
      return;
    }
    var status = Integer.parseInt(headers.status().toString());
    var head = "HTTP/2 " + status + "\r\n" + String.join("\r\n", lines) + "\r\n";
    if (status < 200) {
      stream.interim.add(new Answer(status, head, "", List.of(), true));
    } else {
      stream.status = status;
      stream.head.append(head);
    }
  }
}
