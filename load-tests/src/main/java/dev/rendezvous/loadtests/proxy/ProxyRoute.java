package dev.rendezvous.loadtests.proxy;

import java.util.List;

/**
 * Where the requests under a path go; the path itself is passed on as it is.
 *
 * @param prefix a path without a slash at its end, or {@code /} alone
 * @param backends the instances of one service
 */
public record ProxyRoute(String prefix, List<Address> backends) {
  public ProxyRoute {
    backends = List.copyOf(backends);
  }

  public ProxyRoute(String prefix, Address... backends) {
    this(prefix, List.of(backends));
  }

  /** A name made of lower-case letters, digits and hyphens. */
  String name() {
    return prefix.equals("/") ? "backend" : "backend" + prefix.replace('/', '-');
  }

  /** Whether every path is below it. */
  boolean coversAll() {
    return prefix.equals("/");
  }
}
