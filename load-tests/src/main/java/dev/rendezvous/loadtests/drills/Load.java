package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A steady load of reads and keyed orders, by clients that each keep one connection and wait for
 * one answer before they send again.
 *
 * <p>Whatever fails is counted as the person in front of it would; only insistent clients try
 * again, and each try counts.
 */
final class Load implements AutoCloseable {

  /** Whose orders, where to, and what is read between them. */
  record Target(String orders, long user, String read) {}

  /** So many that an outage of a minute is outlasted, and not more. */
  private static final int MAX_TRIES = 600;

  private final Target target;
  private final Duration pause;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong turns = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();
  private final String run = Long.toHexString(System.nanoTime());
  private volatile boolean stopped;

  private Load(Target target, Duration pause) {
    this.target = target;
    this.pause = pause;
  }

  /**
   * Starts at once; every second request is an order, and nothing is tried again.
   *
   * @param clients how many at a time
   * @param pause between an answer and the client's next request
   */
  static Load steady(Target target, int clients, Duration pause) {
    Load load = new Load(target, pause);
    return load.start(clients, load::readOrOrder);
  }

  static Load steadyReads(Target target, int clients, Duration pause) {
    Load load = new Load(target, pause);
    return load.start(clients, load::read);
  }

  /** Orders alone, each tried again under its key, after the pause, until it is acknowledged. */
  static Load insistent(Target target, int clients, Duration pause) {
    Load load = new Load(target, pause);
    return load.start(clients, load::orderUntilAcknowledged);
  }

  private Load start(int count, Consumer<Client> request) {
    for (int number = 0; number < count; number++) {
      Thread thread = new Thread(() -> repeat(request), "client-" + number);
      thread.setDaemon(true);
      clients.add(thread);
      thread.start();
    }
    return this;
  }

  private void repeat(Consumer<Client> request) {
    Client client = new Client();
    do {
      request.accept(client);
    } while (!stopped && pause());
  }

  private boolean pause() {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void readOrOrder(Client client) {
    if (turns.incrementAndGet() % 2 == 0) {
      order(client, nextKey());
    } else {
      read(client);
    }
  }

  private void read(Client client) {
    outcomes.add(client.get(target.read()));
  }

  private void orderUntilAcknowledged(Client client) {
    String key = nextKey();
    for (int tries = 0; tries < MAX_TRIES && !order(client, key) && pause(); tries++) {
      // The next try is the condition.
    }
  }

  private boolean order(Client client, String key) {
    Outcome outcome = client.order(target.orders(), target.user(), key, key);
    outcomes.add(outcome);
    if (outcome.succeeded()) {
      acknowledged.put(key, outcome.id());
    }
    return outcome.succeeded();
  }

  private String nextKey() {
    return run + "-" + keys.incrementAndGet();
  }

  Target target() {
    return target;
  }

  /** What has come back so far. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** The ids of the orders that clients have been told of, by their keys. */
  Map<String, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** How many orders were begun, acknowledged or not. */
  long ordersBegun() {
    return keys.get();
  }

  /** Waits for the answers that are under way. */
  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      try {
        client.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
