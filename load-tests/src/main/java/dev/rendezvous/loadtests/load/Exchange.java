package dev.rendezvous.loadtests.load;

/** One request on its way; times are {@link System#nanoTime}'s. */
record Exchange(long number, Request request, long intended, boolean resent) {
  Exchange again() {
    return new Exchange(number, request, intended, true);
  }
}
