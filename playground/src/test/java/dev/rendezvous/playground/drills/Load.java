package dev.rendezvous.playground.drills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * A steady load of reads and keyed writes, by clients that each keep one connection and wait for
 * one answer before they send again.
 *
 * <p>No client retries: whatever fails is counted as the person in front of it would.
 */
final class Load implements AutoCloseable {

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong turns = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();
  private final String run = Long.toHexString(System.nanoTime());
  private volatile boolean stopped;

  private Load() {}

  /**
   * Starts at once; every second request is a write.
   *
   * @param clients how many at a time
   * @param pause between an answer and the client's next request
   */
  static Load steady(String users, String orders, int clients, Duration pause) {
    return start(clients, pause, (load, client) -> load.readAndWrite(client, users, orders));
  }

  static Load steadyReads(String users, int clients, Duration pause) {
    return start(clients, pause, (load, client) -> load.read(client, users));
  }

  private static Load start(int clients, Duration pause, BiConsumer<Load, Client> request) {
    Load load = new Load();
    for (int number = 0; number < clients; number++) {
      Thread thread = new Thread(() -> load.repeat(pause, request), "client-" + number);
      thread.setDaemon(true);
      load.clients.add(thread);
      thread.start();
    }
    return load;
  }

  private void repeat(Duration pause, BiConsumer<Load, Client> request) {
    Client client = new Client();
    while (!stopped) {
      request.accept(this, client);
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void readAndWrite(Client client, String users, String orders) {
    if (turns.incrementAndGet() % 2 == 0) {
      outcomes.add(order(client, orders));
    } else {
      read(client, users);
    }
  }

  private void read(Client client, String users) {
    outcomes.add(client.get(users + "/users/1"));
  }

  private Outcome order(Client client, String orders) {
    String key = run + "-" + keys.incrementAndGet();
    return client.order(orders, 1, key, key);
  }

  /** What has come back so far. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  List<Outcome> failed() {
    return outcomes.stream().filter(outcome -> !outcome.succeeded()).toList();
  }

  /** Those that took longer, though they may have succeeded. */
  List<Outcome> slowerThan(Duration bound) {
    return outcomes.stream().filter(outcome -> outcome.took().compareTo(bound) > 0).toList();
  }

  /** Waits for the answers that are under way. */
  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      try {
        client.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
