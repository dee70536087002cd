package dev.rendezvous.chassis.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A log event as one line of JSON (RFC 8259), its key-value pairs as fields of their own.
 *
 * <p>Written by hand because a gateway writes one line a request, and a tree of objects for each
 * cost more than the rest of the line.
 */
final class JsonLines extends LayoutBase<ILoggingEvent> {
  private static final int USUAL_LENGTH = 640;
  private static final String HEX = "0123456789abcdef";

  private final String service;

  /** The last second that was written, with its text up to the seconds; most lines share it. */
  private volatile Second second = new Second(Long.MIN_VALUE, "");

  private record Second(long epoch, String text) {}

  JsonLines(String service) {
    this.service = service;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(USUAL_LENGTH).append("{\"time\":\"");
    time(line, event.getInstant());
    line.append('"');
    text(line, "level", event.getLevel().toString());
    text(line, "service", service);
    text(line, "logger", event.getLoggerName());
    text(line, "message", event.getFormattedMessage());
    var pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (var i = 0; i < pairs.size(); i++) {
        var pair = pairs.get(i);
        field(line, pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      text(line, "exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append("}\n").toString();
  }

  /** To the millisecond, as {@code 2026-11-22T21:16:00.980Z}. */
  private void time(StringBuilder line, Instant instant) {
    var last = second;
    if (last.epoch() != instant.getEpochSecond()) {
      var text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
      last = new Second(instant.getEpochSecond(), text.substring(0, text.length() - 1));
      second = last;
    }
    var millis = instant.getNano() / 1_000_000;
    line.append(last.text()).append('.');
    line.append((char) ('0' + millis / 100));
    line.append((char) ('0' + millis / 10 % 10));
    line.append((char) ('0' + millis % 10)).append('Z');
  }

  private static void field(StringBuilder line, String name, Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      name(line, name).append(value);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      name(line, name).append(number.doubleValue());
    } else {
      text(line, name, String.valueOf(value));
    }
  }

  private static void text(StringBuilder line, String name, String value) {
    name(line, name).append('"');
    escape(line, value);
    line.append('"');
  }

  private static StringBuilder name(StringBuilder line, String name) {
    line.append(",\"");
    escape(line, name);
    return line.append("\":");
  }

  private static void escape(StringBuilder line, String text) {
    var from = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        line.append(text, from, i);
        from = i + 1;
        if (c == '"' || c == '\\') {
          line.append('\\').append(c);
        } else {
          // A lone surrogate is no UTF-8; escaped, a pair is read as well as a half survives.
          line.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
          line.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        }
      }
    }
    line.append(text, from, text.length());
  }
}
