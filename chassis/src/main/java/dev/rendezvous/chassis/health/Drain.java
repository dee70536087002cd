package dev.rendezvous.chassis.health;

/**
 * Whether this process is on its way out.
 *
 * <p>From the moment it begins, the process is not ready and each HTTP/1.1 answer asks its client
 * to take another connection, while requests go on being served.
 */
public final class Drain {
  private volatile boolean begun;

  /** Cannot be taken back. */
  public void begin() {
    begun = true;
  }

  public boolean begun() {
    return begun;
  }
}
