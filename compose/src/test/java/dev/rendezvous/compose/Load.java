package dev.rendezvous.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * New orders, each of which makes the order service ask the user service, by a few clients that
 * each wait for an answer before they send again: so a machine that is busy gets a smaller load,
 * and none fails for that. No client tries anything twice.
 */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int AT_MOST = 30_000;

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS);
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final long begun = System.nanoTime();
  private final String url;
  private final long user;

  /** What became of one order; status 0 where no answer came. */
  record Outcome(long sentAt, int status, String text) {
    boolean succeeded() {
      return status == 201;
    }
  }

  private Load(String url, long user) {
    this.url = url;
    this.user = user;
  }

  static Load of(String ordersUrl, long user) {
    Load load = new Load(ordersUrl + "/orders", user);
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client();
      var unused =
          load.threads.scheduleWithFixedDelay(
              () -> load.order(client), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return load;
  }

  private void order(Client client) {
    int number = sent.incrementAndGet();
    if (number > AT_MOST) {
      threads.shutdown();
      return;
    }
    String key = Long.toHexString(begun) + "-" + number;
    String json = "{\"user_id\":%d,\"item\":\"%s\"}".formatted(user, key);
    long sentAt = System.nanoTime();
    outcomes.add(client.order(url, json, key, sentAt));
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  List<Outcome> failed() {
    return outcomes.stream().filter(outcome -> !outcome.succeeded()).toList();
  }

  /** Those that were sent within this span of {@link System#nanoTime}. */
  List<Outcome> sentBetween(long from, long to) {
    return outcomes.stream()
        .filter(outcome -> outcome.sentAt() - from > 0 && to - outcome.sentAt() > 0)
        .toList();
  }

  /** Waits until that many more orders than now have succeeded. */
  void awaitMore(int count) {
    long wanted = succeeded() + count;
    Await.until(count + " more orders", Duration.ofSeconds(90), () -> succeeded() >= wanted);
  }

  private long succeeded() {
    return outcomes.stream().filter(Outcome::succeeded).count();
  }

  /** Sends no more, and waits for the answers that are under way. */
  void stop() {
    threads.shutdown();
    Await.until("the last answers", Duration.ofSeconds(30), threads::isTerminated);
  }

  String figures() {
    List<Outcome> failed = new ArrayList<>(failed());
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "%d of %d orders failed (about %.0f/s)%s"
        .formatted(
            failed.size(),
            outcomes.size(),
            outcomes.size() / seconds,
            failed.isEmpty() ? "" : ", the first with " + failed.get(0));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
