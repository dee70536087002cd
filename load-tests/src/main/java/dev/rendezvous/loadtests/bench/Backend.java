package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.IOException;

/** What stands behind every proxy: {@code /64}, {@code /10240}, {@code /1048576}, {@code /post}. */
interface Backend extends AutoCloseable {
  Address address();

  /** For the manifest. */
  String description();

  @Override
  void close() throws IOException;
}
