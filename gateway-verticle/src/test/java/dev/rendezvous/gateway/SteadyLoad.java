package dev.rendezvous.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Some 200 requests a second over four kept connections, and what became of each. */
final class SteadyLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int port;
  private final AtomicInteger sent = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private SteadyLoad(int port) {
    this.port = port;
  }

  static SteadyLoad on(RunningGateway gateway) {
    var load = new SteadyLoad(gateway.port());
    for (var i = 0; i < CLIENTS; i++) {
      var thread = new Thread(load::run, "load-" + i);
      thread.setDaemon(true);
      thread.start();
      load.threads.add(thread);
    }
    return load;
  }

  private void run() {
    while (!stopped) {
      try (var client = Peer.connect(port)) {
        for (var due = System.nanoTime(); !stopped; due += PERIOD_NANOS) {
          LockSupport.parkNanos(due - System.nanoTime());
          sent.incrementAndGet();
          var answer = client.get("/users");
          if (answer.status() == 200) {
            answers.computeIfAbsent(answer.text(), text -> new AtomicInteger()).incrementAndGet();
          } else {
            failures.add(answer.startLine() + " " + answer.text());
          }
        }
      } catch (IOException e) {
        failures.add(e.toString());
      }
    }
  }

  int sent() {
    return sent.get();
  }

  /** How often this was the answer. */
  int answers(String text) {
    var count = answers.get(text);
    return count == null ? 0 : count.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits for so many more requests. */
  void awaitMore(int requests) throws Exception {
    var goal = sent() + requests;
    RunningGateway.await(requests + " more requests", () -> sent() >= goal);
  }

  /** Sends no more, waits for what is under way and tells the figure. */
  void stop(String what) {
    close();
    System.out.printf("%s: %d requests, %d failed%n", what, sent(), failures.size());
  }

  @Override
  public void close() {
    stopped = true;
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
