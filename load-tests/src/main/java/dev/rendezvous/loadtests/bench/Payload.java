package dev.rendezvous.loadtests.bench;

import java.util.Random;

/** How big the body is that an answer (of a GET) or a request (of a POST) carries. */
enum Payload {
  SMALL(64, "64 B"),
  MEDIUM(10 * 1024, "10 KiB"),
  LARGE(1024 * 1024, "1 MiB");

  private static final String BEGIN = "{\"id\":1,\"text\":\"";
  private static final String END = "\"}";

  private final int bytes;
  private final String label;

  Payload(int bytes, String label) {
    this.bytes = bytes;
    this.label = label;
  }

  int bytes() {
    return bytes;
  }

  String label() {
    return label;
  }

  /** Where the backend serves it. */
  String path() {
    return "/" + bytes;
  }

  /** JSON of exactly this size; letters from the seed, so that nothing can compress it away. */
  String json(long seed) {
    Random random = new Random(seed);
    StringBuilder json = new StringBuilder(bytes).append(BEGIN);
    while (json.length() < bytes - END.length()) {
      json.append((char) ('a' + random.nextInt(26)));
    }
    return json.append(END).toString();
  }
}
