package dev.rendezvous.loadtests.load;

/**
 * What came back for one request.
 *
 * @param number the request's, as its source saw it
 * @param status of the final response
 * @param latencyNanos from the intended start to the last byte
 * @param body empty unless the stream keeps bodies
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Answer(long number, Request request, int status, long latencyNanos, byte[] body) {}
