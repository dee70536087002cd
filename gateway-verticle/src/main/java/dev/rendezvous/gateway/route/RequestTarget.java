package dev.rendezvous.gateway.route;

import org.jspecify.annotations.Nullable;

/**
 * The path and query of a request in the one form that is used for both routing and forwarding, so
 * that nobody behind the gateway can read another path from it than the gateway did.
 *
 * <p>Canonical means (RFC 3986 section 6.2.2): unreserved characters stand for themselves, other
 * escapes are upper-case, empty segments are dropped. Refused is what services are known to read
 * differently: dot segments in any spelling, encoded slashes, backslashes, control characters and
 * characters that no path may hold.
 *
 * @param path canonical, begins with a slash
 * @param uri the path, and the query as it came
 */
public record RequestTarget(String path, String uri) {
  /** Characters that RFC 3986 allows in no path, though HTTP parsers let them pass. */
  private static final String FORBIDDEN = "\"<>\\^`{|}#";

  private static final String HEX = "0123456789ABCDEF";

  /** The server as a whole, which {@code OPTIONS *} asks about (RFC 9110 section 9.3.7). */
  public static final RequestTarget SERVER = new RequestTarget("*", "*");

  /** Reads an origin-form target; null where it is refused. */
  public static @Nullable RequestTarget parse(String target) {
    var length = target.length();
    if (length == 0 || target.charAt(0) != '/') {
      return null;
    }
    var end = 0;
    var plain = true;
    var previous = 'x';
    for (; end < length && target.charAt(end) != '?'; end++) {
      var c = target.charAt(end);
      if (c <= ' ' || c >= 0x7f || FORBIDDEN.indexOf(c) >= 0) {
        return null;
      }
      // Most paths have neither; only the others are looked at more closely.
      plain &= c != '%' && (previous != '/' || (c != '/' && c != '.'));
      previous = c;
    }
    if (!queryAllowed(target, end)) {
      return null;
    }
    if (plain) {
      return new RequestTarget(end == length ? target : target.substring(0, end), target);
    }
    var path = canonical(target, end);
    if (path == null || hasDotSegment(path)) {
      return null;
    }
    return new RequestTarget(path, end == length ? path : path + target.substring(end));
  }

  /** A query is the service's own business, but it must not hold what breaks a request line. */
  private static boolean queryAllowed(String target, int begin) {
    for (var i = begin; i < target.length(); i++) {
      var c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String canonical(String target, int end) {
    var path = new StringBuilder(end);
    for (var i = 0; i < end; i++) {
      var c = target.charAt(i);
      if (c == '%') {
        var value = i + 2 < end ? octet(target.charAt(i + 1), target.charAt(i + 2)) : -1;
        if (value < ' ' || value == 0x7f || value == '/' || value == '\\') {
          return null;
        }
        if (isUnreserved(value)) {
          path.append((char) value);
        } else {
          path.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
        }
        i += 2;
      } else if (c != '/' || path.isEmpty() || path.charAt(path.length() - 1) != '/') {
        path.append(c);
      }
    }
    return path.toString();
  }

  /** Finds {@code .} and {@code ..}, also before a parameter: some servers drop {@code ;…}. */
  private static boolean hasDotSegment(String path) {
    for (var slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
      var i = slash + 1;
      while (i < path.length() && path.charAt(i) == '.') {
        i++;
      }
      var dots = i - slash - 1;
      var ends = i == path.length() || path.charAt(i) == '/' || path.charAt(i) == ';';
      if (ends && (dots == 1 || dots == 2)) {
        return true;
      }
    }
    return false;
  }

  private static int octet(char high, char low) {
    var h = Character.digit(high, 16);
    var l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h << 4 | l;
  }

  /** RFC 3986 section 2.3. */
  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
