package dev.rendezvous.gateway.connection;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All connections of clients on one event loop. One list and one clock stand in for the timers that
 * each of them would need.
 */
public final class ClientConnections {
  /** What a client's acknowledgement of a first GOAWAY would take at most, usually. */
  static final long GO_AWAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The share that is looked at in a tick, so that ten thousand of them delay no request. */
  private static final int SHARE = 10;

  private final Times times;
  private final Events events;
  private final Listener listener;
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private long now = System.nanoTime();
  private int most = Integer.MAX_VALUE;
  private long headLimit = Long.MAX_VALUE;
  private long drainEnd;
  private boolean draining;

  /**
   * How long things may take.
   *
   * @param idle between two requests
   * @param linger for the rest of what a client sends after the last answer
   * @param farewell between two requests when the gateway is about to stop
   */
  public record Times(Duration idle, Duration linger, Duration farewell) {}

  /** Hears of what is part of no request. */
  public interface Events {
    /**
     * A head began but did not end in time.
     *
     * @param nanos since it began
     * @return the answer, as the client is to read it
     */
    String slowHead(Peer client, long nanos);

    /** A connection is about to be closed. */
    void closed(ClientConnection.Reason reason, Peer client);
  }

  /** The socket on which the event loops take connections together, and how many are open. */
  public static final class Listener {
    private final AtomicReference<Channel> channel = new AtomicReference<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Takes no more connections; whoever was taken before is known to its event loop by then. */
    Future<Void> close() {
      var known = channel.get();
      if (known == null) {
        return Future.succeededFuture();
      }
      Promise<Void> closed = Promise.promise();
      known.close().addListener(done -> closed.tryComplete());
      return closed.future();
    }
  }

  public ClientConnections(Times times, Listener listener, Events events) {
    this.times = times;
    this.listener = listener;
    this.events = events;
  }

  /** A server whose connections are looked after here. */
  public HttpServer server(Vertx vertx, HttpServerOptions options) {
    return Connections.server(vertx, options, this::accepted);
  }

  private void accepted(Channel channel) {
    listener.channel.compareAndSet(null, channel.parent());
    var connection = new ClientConnection(this, channel, System.nanoTime());
    open.add(connection);
    channel.pipeline().addLast("client", connection);
    if (listener.open.incrementAndGet() > most) {
      events.closed(ClientConnection.Reason.TOO_MANY, connection.peer());
      // Not at once: whoever is making it is not done with that.
      channel.eventLoop().execute(connection::closeNow);
    }
  }

  /** To be called when Vert.x knows what the client speaks. */
  public void opened(HttpConnection connection) {
    ClientConnection.of(connection).opened(connection);
  }

  /**
   * Looks after those whose turn it is; to be called many times a second on their event loop.
   *
   * @param head the time for a request's head, from its first byte
   * @param clients the most connections of clients on all event loops
   */
  public void tick(Duration head, int clients) {
    now = System.nanoTime();
    headLimit = head.toNanos();
    most = clients;
    for (var turns = (open.size() + SHARE - 1) / SHARE; turns > 0 && !open.isEmpty(); turns--) {
      var next = open.iterator().next();
      open.remove(next);
      open.add(next);
      next.tick(now); // which may take it away
    }
  }

  /**
   * Takes no more connections, and lets those that are there end when that cannot cross a request.
   *
   * @param limit when {@link #cut} will be called
   */
  public Future<Void> drain(Duration limit) {
    drainEnd = System.nanoTime() + limit.toNanos();
    return listener
        .close()
        .onSuccess(
            closed -> {
              now = System.nanoTime();
              draining = true;
              for (var connection : open.toArray(ClientConnection[]::new)) {
                connection.drain();
              }
            });
  }

  /** Ends what is left. */
  public void cut() {
    for (var connection : open.toArray(ClientConnection[]::new)) {
      connection.closeNow();
    }
  }

  void remove(ClientConnection connection) {
    if (open.remove(connection)) {
      listener.open.decrementAndGet();
    }
  }

  boolean isDraining() {
    return draining;
  }

  long drainMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(drainEnd - System.nanoTime()));
  }

  /** As of the last tick. */
  long now() {
    return now;
  }

  long headLimit() {
    return headLimit;
  }

  long idleLimit() {
    return (draining ? times.farewell() : times.idle()).toNanos();
  }

  long lingerLimit() {
    return times.linger().toNanos();
  }

  Events events() {
    return events;
  }
}
