package dev.rendezvous.discovery.consul;

/**
 * The version of a list that the next blocking query waits to see exceeded.
 *
 * <p>Follows "Implementation Details" of Consul's documentation of blocking queries: an index that
 * goes backwards means lost data and starts over, one below 1 would make the query not block at
 * all, and after any error nothing is certain.
 */
final class BlockingIndex {

  private long value;

  /** What to ask with; 0 gets the list at once. */
  long value() {
    return value;
  }

  /**
   * Takes the index of an answer.
   *
   * @return whether the answer counts; one that is older than the last does not, the next will
   */
  boolean advance(long told) {
    long index = Math.max(1, told);
    boolean backwards = index < value;
    value = backwards ? 0 : index;
    return !backwards;
  }

  /** Starts over. */
  void reset() {
    value = 0;
  }
}
