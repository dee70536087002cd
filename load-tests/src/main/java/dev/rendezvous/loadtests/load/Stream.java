package dev.rendezvous.loadtests.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A plan at work: starts what is due, and passes each outcome to the recorder. One thread only. */
final class Stream {
  private static final long SWEEP_NANOS = 50_000_000;
  private static final byte[] NOTHING = {};

  private final StreamPlan plan;
  private final Selector selector;
  private final long start;
  private final long end;
  private final double interval;
  private final Recorder recorder;
  private final List<Connection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  private long begun;
  private int inFlight;
  private int owed;
  private long nextSweep;
  private boolean stopped;
  private boolean serving;

  Stream(StreamPlan plan, Selector selector, long start) {
    this.plan = plan;
    this.selector = selector;
    this.start = start;
    this.end = start + plan.duration().toNanos();
    this.interval = plan.isOpen() ? 1e9 / plan.rate() : 0;
    this.recorder = new Recorder(plan, start);
    this.nextSweep = start;
    this.owed = plan.isOpen() ? 0 : plan.connections();
  }

  StreamPlan plan() {
    return plan;
  }

  Recorder recorder() {
    return recorder;
  }

  /**
   * Starts what is due.
   *
   * @return when it wants to be called again
   */
  long advance(long now) {
    if (plan.isOpen()) {
      for (long due = due(); !over(due) && due - now <= 0; due = due()) {
        begin(due, now);
      }
    }
    if (now - nextSweep >= 0) {
      sweep(now);
      nextSweep = now + SWEEP_NANOS;
    }
    if (!plan.isOpen() || over(due())) {
      return nextSweep;
    }
    return Math.min(nextSweep, due());
  }

  boolean done(long now) {
    return inFlight == 0 && over(plan.isOpen() ? due() : now);
  }

  void stop() {
    stopped = true;
  }

  void close() {
    connections.forEach(Connection::close);
    connections.clear();
  }

  void answered(Connection connection, Exchange done, ResponseParser response, boolean reusable) {
    long latency = System.nanoTime() - done.intended();
    inFlight--;
    recorder.answered(done, response.status(), latency, response.bodyBytes());
    byte[] body = plan.keepBodies() ? response.body() : NOTHING;
    plan.observer()
        .answered(new Answer(done.number(), done.request(), response.status(), latency, body));
    if (reusable) {
      idle.push(connection);
    } else {
      drop(connection);
    }
    proceed();
  }

  void failed(Connection connection, IOException why) {
    Exchange lost = connection.exchange();
    boolean stale = connection.stale();
    drop(connection);
    if (lost == null) {
      return;
    }
    if (stale && plan.resendOnStale() && !lost.resent()) {
      recorder.resent();
      connect(lost.again());
    } else {
      lose(lost, why);
    }
  }

  void closedWhileIdle(Connection connection) {
    drop(connection);
  }

  private long due() {
    return start + (long) (begun * interval);
  }

  private boolean over(long due) {
    return stopped || begun >= plan.count() || due - end >= 0;
  }

  private void begin(long intended, long now) {
    Exchange next = new Exchange(begun, plan.source().next(begun), intended, false);
    begun++;
    inFlight++;
    recorder.begun(now - intended);
    dispatch(next);
  }

  private void dispatch(Exchange next) {
    Connection free = idle.poll();
    if (free != null) {
      free.send(next);
    } else if (connections.size() < plan.connections()) {
      connect(next);
    } else {
      waiting.add(next);
    }
  }

  private void connect(Exchange first) {
    try {
      connections.add(Connection.open(this, selector, first));
      recorder.connected();
    } catch (IOException failed) {
      lose(first, failed);
    }
  }

  private void lose(Exchange lost, IOException why) {
    inFlight--;
    recorder.failed(lost, why);
    if (plan.isOpen()) {
      proceed();
    } else {
      owed++; // with the next sweep: a refusal is answered at once, and would be asked for ever
    }
  }

  private void proceed() {
    if (plan.isOpen()) {
      serveWaiting();
    } else {
      long now = System.nanoTime();
      if (!over(now)) {
        begin(now, now);
      }
    }
  }

  /** A connect that is refused at once comes back here; a loop keeps that from going deep. */
  private void serveWaiting() {
    if (serving) {
      return;
    }
    serving = true;
    while (!waiting.isEmpty() && (!idle.isEmpty() || connections.size() < plan.connections())) {
      dispatch(waiting.remove());
    }
    serving = false;
  }

  private void drop(Connection connection) {
    connection.close();
    connections.remove(connection);
    idle.remove(connection);
  }

  private void sweep(long now) {
    while (owed > 0 && !over(now)) {
      owed--;
      begin(now, now);
    }
    long oldest = now - plan.timeout().toNanos();
    for (Connection connection : List.copyOf(connections)) {
      Exchange late = connection.exchange();
      if (late != null && late.intended() - oldest < 0) {
        drop(connection);
        timedOut(late);
      }
    }
    for (Exchange next = waiting.peek();
        next != null && next.intended() - oldest < 0;
        next = waiting.peek()) {
      waiting.remove();
      timedOut(next);
    }
  }

  private void timedOut(Exchange late) {
    inFlight--;
    recorder.timedOut(late);
    if (plan.isOpen()) {
      proceed();
    } else {
      owed++;
    }
  }
}
