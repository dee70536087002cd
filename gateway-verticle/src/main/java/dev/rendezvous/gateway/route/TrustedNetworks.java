package dev.rendezvous.gateway.route;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The networks whose proxies are believed when they say whom a request comes from (RFC 4632 and RFC
 * 4291 section 2.3). Immutable; asking costs a few comparisons a network and no lookup.
 */
public final class TrustedNetworks {
  /** Nobody is believed. */
  public static final TrustedNetworks NONE = new TrustedNetworks(List.of());

  private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final Network[] networks;

  private TrustedNetworks(List<Network> networks) {
    this.networks = networks.toArray(Network[]::new);
  }

  /**
   * Reads networks such as {@code 10.0.0.0/8}, {@code fd00::/8} or the single {@code 192.0.2.1}.
   *
   * @throws IllegalArgumentException where one is none, or has bits beyond its prefix
   */
  public static TrustedNetworks of(List<String> cidrs) {
    return new TrustedNetworks(cidrs.stream().map(Network::parse).toList());
  }

  static TrustedNetworks ofNetworks(List<Network> networks) {
    return networks.isEmpty() ? NONE : new TrustedNetworks(networks);
  }

  public boolean isEmpty() {
    return networks.length == 0;
  }

  /** Whether an address, IPv4 or IPv6 as text, is in one of them; what is no address is not. */
  public boolean contains(@Nullable String address) {
    if (networks.length == 0 || address == null) {
      return false;
    }
    var octets = octets(address);
    if (octets == null) {
      return false;
    }
    for (var network : networks) {
      if (network.covers(octets)) {
        return true;
      }
    }
    return false;
  }

  /** As they are written in the file. */
  public List<String> describe() {
    var all = new ArrayList<String>();
    for (var network : networks) {
      all.add(network.toString());
    }
    return all;
  }

  /** An IPv4 address that IPv6 carries (RFC 4291 section 2.5.5.2) is the IPv4 address. */
  private static byte @Nullable [] octets(String address) {
    var octets = NetUtil.createByteArrayFromIpAddressString(address);
    var mapped =
        octets != null
            && octets.length == 16
            && Arrays.equals(octets, 0, IPV4_MAPPED.length, IPV4_MAPPED, 0, IPV4_MAPPED.length);
    return mapped ? Arrays.copyOfRange(octets, IPV4_MAPPED.length, octets.length) : octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrustedNetworks that && describe().equals(that.describe());
  }

  @Override
  public int hashCode() {
    return describe().hashCode();
  }

  @Override
  public String toString() {
    return describe().toString();
  }

  /** One of them. */
  static final class Network {
    private final byte[] address;
    private final int prefix;
    private final String text;

    private Network(byte[] address, int prefix, String text) {
      this.address = address;
      this.prefix = prefix;
      this.text = text;
    }

    static Network parse(String text) {
      var slash = text.indexOf('/');
      var address = octets(slash < 0 ? text : text.substring(0, slash));
      if (address == null || text.indexOf('%') >= 0) {
        throw new IllegalArgumentException(text);
      }
      var bits = address.length * 8;
      var prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits || hasBitsBeyond(address, prefix)) {
        throw new IllegalArgumentException(text);
      }
      return new Network(address, prefix, text);
    }

    private static boolean hasBitsBeyond(byte[] address, int prefix) {
      for (var bit = prefix; bit < address.length * 8; bit++) {
        if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
          return true;
        }
      }
      return false;
    }

    boolean covers(byte[] other) {
      var whole = prefix / 8;
      var rest = prefix % 8;
      return other.length == address.length
          && Arrays.equals(address, 0, whole, other, 0, whole)
          && (rest == 0 || ((address[whole] ^ other[whole]) >> (8 - rest)) == 0);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
