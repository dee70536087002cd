package dev.rendezvous.discovery.testing;

import dev.rendezvous.discovery.Discovery;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A steady stream of GETs, 200 a second, whatever becomes of them. */
public final class TestLoad {

  private static final long EVERY_MILLIS = 5;

  private final Vertx vertx;
  private final TestCaller caller;
  private final String service;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger slow = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<Integer, AtomicInteger> byPort = new ConcurrentHashMap<>();
  private final long timer;

  private TestLoad(Vertx vertx, Discovery discovery, String service) {
    this.vertx = vertx;
    this.caller = new TestCaller(vertx, discovery);
    this.service = service;
    this.timer = vertx.setPeriodic(EVERY_MILLIS, id -> send());
  }

  public static TestLoad started(Vertx vertx, Discovery discovery, String service) {
    return new TestLoad(vertx, discovery, service);
  }

  private void send() {
    sent.incrementAndGet();
    long began = System.nanoTime();
    caller
        .get(service)
        .onSuccess(
            answer -> {
              if (answer.value().statusCode() != 200) {
                failures.add("status " + answer.value().statusCode());
              }
              count(answer.instance().port());
            })
        .onFailure(failure -> failures.add(failure.toString()))
        .onComplete(
            ended -> {
              slow.addAndGet(System.nanoTime() - began > 500_000_000L ? 1 : 0);
              done.incrementAndGet();
            });
  }

  private void count(int port) {
    byPort.computeIfAbsent(port, key -> new AtomicInteger()).incrementAndGet();
  }

  /** Ends it, waits for the last answer and says how many were sent. */
  public int stop() {
    vertx.cancelTimer(timer);
    Await.until("all answered", Duration.ofSeconds(5), () -> done.get() == sent.get());
    return sent.get();
  }

  public int answeredBy(TestInstance instance) {
    AtomicInteger count = byPort.get(instance.port());
    return count == null ? 0 : count.get();
  }

  public int sent() {
    return sent.get();
  }

  public int slow() {
    return slow.get();
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }
}
