package dev.rendezvous.discovery.registry;

import io.vertx.core.Future;
import java.util.List;

/** Turns a host name into all its addresses, asking anew every time. */
public interface HostNames {

  /**
   * The IP literals of a name, at least one; a literal stands for itself.
   *
   * <p>Fails with an {@link java.net.UnknownHostException} when the name cannot be resolved.
   */
  Future<List<String>> resolve(String host);

  /** Frees what resolving needs. */
  void close();
}
