package dev.rendezvous.gateway.route;

import io.netty.util.NetUtil;
import java.util.List;

/** Whose request it is, as far as that can be believed. */
public final class ClientAddress {
  private ClientAddress() {}

  /**
   * The nearest address that is not a trusted proxy's: each proxy has added, at the end, whom it
   * got the request from, and its word counts as long as it is trusted itself.
   *
   * @param peer who is at the other end of the connection
   * @param forwardedFor the values of {@code X-Forwarded-For} in their order
   */
  public static String of(String peer, List<String> forwardedFor, TrustedNetworks trusted) {
    var nearest = peer;
    var claims = String.join(",", forwardedFor).split(",", -1);
    for (var i = claims.length - 1; i >= 0 && trusted.contains(nearest); i--) {
      var address = withoutPort(claims[i].strip());
      if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
        return nearest;
      }
      nearest = address;
    }
    return nearest;
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      var end = node.indexOf(']');
      return end < 0 ? node : node.substring(1, end);
    }
    var colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
