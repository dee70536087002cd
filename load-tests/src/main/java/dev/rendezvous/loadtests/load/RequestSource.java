package dev.rendezvous.loadtests.load;

/** Says what to send. Called on the generator's thread, so it must be quick and must not wait. */
@FunctionalInterface
public interface RequestSource {
  /**
   * The next request.
   *
   * @param number 0 for the stream's first request, then one more each time
   */
  Request next(long number);
}
