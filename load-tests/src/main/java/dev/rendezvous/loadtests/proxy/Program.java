package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How one maker's proxy is told what {@link ProxySettings} say. */
interface Program {
  /** What is started, and the variables added to its environment. */
  record Command(List<String> line, Map<String, String> environment) {
    Command(List<String> line) {
      this(line, Map.of());
    }
  }

  /** Writes its files into the folder and says how it is started. */
  Command prepare(ProxySettings settings, Place place) throws IOException;

  /** Whether one port takes HTTP/1.1 and clear-text HTTP/2. */
  default boolean sharesPort() {
    return true;
  }

  /** Whether a certificate makes its only port one for TLS. */
  default boolean isTlsAlone() {
    return false;
  }

  /** Asked until it is true: whether a started process serves. */
  default boolean serves(Place place) {
    return Ports.accepts(place.port());
  }
}
