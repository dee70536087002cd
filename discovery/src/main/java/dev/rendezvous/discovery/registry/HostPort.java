package dev.rendezvous.discovery.registry;

/** A host name or IP literal, and a port; a name stands for all its addresses. */
public record HostPort(String host, int port) {

  /**
   * Parses {@code host:port}, {@code 1.2.3.4:port} or {@code [::1]:port}.
   *
   * @throws IllegalArgumentException with one line that names what is wrong
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + text + "' is not host:port");
    }
    return new HostPort(
        host(text.substring(0, colon), text), port(text.substring(colon + 1), text));
  }

  private static String host(String host, String text) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    String accepted = bracketed ? "[0-9A-Fa-f:.]+" : "[0-9A-Za-z._-]+";
    if (!bare.matches(accepted)) {
      throw new IllegalArgumentException("'" + text + "' has no valid host name");
    }
    return bare;
  }

  private static int port(String port, String text) {
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("'" + text + "' has no port between 1 and 65535");
    }
    return Integer.parseInt(port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
