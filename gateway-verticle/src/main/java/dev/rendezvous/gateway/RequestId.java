package dev.rendezvous.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The name by which people ask for one request; it proves nothing. */
final class RequestId {
  private static final int LONGEST = 128;

  private RequestId() {}

  /** The client's own where it is short and printable, else a new one. */
  static String of(@Nullable String given) {
    return given != null && isAcceptable(given)
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isAcceptable(String given) {
    if (given.isEmpty() || given.length() > LONGEST) {
      return false;
    }
    for (var i = 0; i < given.length(); i++) {
      var c = given.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
