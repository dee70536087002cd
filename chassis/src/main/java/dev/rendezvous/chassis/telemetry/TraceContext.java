package dev.rendezvous.chassis.telemetry;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which trace a request belongs to (W3C Trace Context, level 1).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param flags the two digits of the trace flags, passed on as they came
 */
public record TraceContext(String traceId, String flags) {
  /** The header field that carries it. */
  public static final String HEADER = "traceparent";

  /** Section 3.2: version 00 is these four fields; a later version may append more. */
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

  /** Continues a valid {@code traceparent}; anything else begins a new trace. */
  public static TraceContext of(@Nullable String traceparent) {
    if (traceparent != null && traceparent.length() <= 512) {
      var match = TRACEPARENT.matcher(traceparent);
      if (match.matches() && (match.group(4) == null || !"00".equals(match.group(1)))) {
        return new TraceContext(match.group(2), match.group(3));
      }
    }
    return new TraceContext(hex() + hex(), "00");
  }

  /** The field for a request that this one causes, under a span of its own. */
  public String traceparent() {
    return "00-" + traceId + "-" + hex() + "-" + flags;
  }

  private static String hex() {
    var random = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    var digits = Long.toHexString(random);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
