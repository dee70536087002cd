package dev.rendezvous.playground;

import java.nio.file.Path;

/** The folder for what is fetched or unpacked once a user, whatever system uses it. */
final class Cache {

  private Cache() {}

  /** The same as in {@code tools/get-consul}. */
  static Path folder() {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".cache", "rendezvous");
  }
}
