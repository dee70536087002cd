package dev.rendezvous.playground;

/** Hears what happens to the system, one line each. */
public interface Progress {

  void line(String text);

  /** For tests and drills that look themselves. */
  static Progress silent() {
    return text -> {};
  }

  /** For people. */
  static Progress printed() {
    return System.out::println;
  }
}
