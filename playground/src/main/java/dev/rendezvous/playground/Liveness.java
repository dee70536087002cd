package dev.rendezvous.playground;

/** Whether a process still runs, as opposed to what the kernel remembers of it. */
final class Liveness {

  private Liveness() {}

  /**
   * False for one that has ended and that its new parent, in a container often a careless process
   * 1, has not asked about yet; such a one has no program any more.
   */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
