package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.IOException;
import java.time.Duration;

/** Puts load on an address and measures the answers. */
interface Loader {
  /**
   * One measurement.
   *
   * @throws IOException if an answer was not 200 or did not come
   */
  Sample measure(Address address, Cell cell, Duration length) throws IOException;

  /** For the manifest. */
  String description();
}
