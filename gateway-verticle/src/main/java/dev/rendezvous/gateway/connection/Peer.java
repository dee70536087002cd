package dev.rendezvous.gateway.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, asked for when it is taken: later the system has no
 * answer where the client has reset it meanwhile.
 *
 * @param host the IP address, {@code unknown} (RFC 7239 section 6.2) where it was gone at once
 * @param text address and port, for the log
 */
public record Peer(String host, String text) {
  private static final Peer UNKNOWN = new Peer("unknown", "unknown");

  static Peer of(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress known && known.getAddress() != null
        ? of(known.getAddress().getHostAddress(), known.getPort())
        : UNKNOWN;
  }

  private static Peer of(String host, int port) {
    return new Peer(host, host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port);
  }
}
