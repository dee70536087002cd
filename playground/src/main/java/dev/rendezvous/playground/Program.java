package dev.rendezvous.playground;

/** What a part runs; it is told apart from the part, which starts and ends whatever this says. */
interface Program {

  /** By which people and drills know it: {@code user-1}, {@code orders-db}. */
  String name();

  /** Makes what it needs, and says what to start; asked before every start. */
  Command command();

  /** The signal by which it ends in good order. */
  String stopSignal();

  /** One look, within about a second: does the process with this id serve? */
  boolean ready(long pid);

  /** Where it is reached, for people. */
  String address();
}
