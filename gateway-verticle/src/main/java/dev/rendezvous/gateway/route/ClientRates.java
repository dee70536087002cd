package dev.rendezvous.gateway.route;

import io.netty.util.NetUtil;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often each client may come: a bucket of {@code burst} tokens that fills at a steady rate.
 *
 * <p>Kept as one instant a client, the one at which its bucket is full again (the generic cell rate
 * algorithm of ITU-T I.371). A full bucket need not be remembered, so memory is bounded without
 * forgetting anybody who counts: when there are {@link #MOST} clients that all came lately, new
 * ones share one bucket. Of an IPv6 address the first 64 bits count, since one client has all that
 * follow (RFC 6177). Safe from any thread.
 */
final class ClientRates {
  /** The most clients remembered; some 64 bytes each. */
  static final int MOST = 10_000;

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long EVERYBODY_ELSE = -1;

  private final long interval;
  private final int burst;
  private final ConcurrentHashMap<Long, Long> fullAt = new ConcurrentHashMap<>();
  private final AtomicLong sweepAt = new AtomicLong(Long.MIN_VALUE);

  /**
   * Rates for clients that nobody has seen yet.
   *
   * @param interval nanoseconds from one request to the next, in the long run
   * @param burst so many at once after a pause
   */
  ClientRates(long interval, int burst) {
    this.interval = interval;
    this.burst = burst;
  }

  /**
   * Takes a token.
   *
   * @return 0, or the nanoseconds until there is one
   */
  long take(String client, long now) {
    var wait = new long[1];
    fullAt.compute(
        place(client, now),
        (key, known) -> {
          var from = known == null || known - now < 0 ? now : known;
          var next = from + interval;
          wait[0] = Math.max(0, next - now - burst * interval);
          return wait[0] > 0 ? known : Long.valueOf(next);
        });
    return wait[0];
  }

  private long place(String client, long now) {
    var key = key(client);
    if (fullAt.size() < MOST || fullAt.containsKey(key)) {
      return key;
    }
    var due = sweepAt.get();
    if ((due == Long.MIN_VALUE || now - due >= 0)
        && sweepAt.compareAndSet(due, now + SWEEP_NANOS)) {
      fullAt.values().removeIf(instant -> instant - now <= 0);
    }
    return fullAt.size() < MOST ? key : EVERYBODY_ELSE;
  }

  private static long key(String client) {
    var octets = NetUtil.createByteArrayFromIpAddressString(client);
    if (octets == null) {
      return EVERYBODY_ELSE;
    }
    var bytes = ByteBuffer.wrap(octets);
    return octets.length == 4 ? Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
  }

  int clients() {
    return fullAt.size();
  }

  boolean isLike(ClientRates other) {
    return interval == other.interval && burst == other.burst;
  }

  JsonObject describe() {
    return new JsonObject()
        .put("per_second", Math.round(1e12 / interval) / 1e3)
        .put("burst", burst)
        .put("clients", fullAt.size());
  }
}
