package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Metrics;
import dev.rendezvous.loadtests.client.Outcome;
import dev.rendezvous.loadtests.compare.Target.Kind;
import dev.rendezvous.loadtests.drills.StoredOrders;
import dev.rendezvous.loadtests.load.LoadGenerator;
import dev.rendezvous.loadtests.load.LoadResult;
import dev.rendezvous.loadtests.load.LoadRun;
import dev.rendezvous.loadtests.load.Request;
import dev.rendezvous.loadtests.load.StreamPlan;
import dev.rendezvous.loadtests.load.StreamResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Loads one cell, which is one request at one rate in one variant, and checks what came of it. */
final class Cells {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration SLOW = Duration.ofMillis(50);
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

  private final Client client = new Client();
  private final Parity parity = new Parity();
  private final Map<String, Long> readers = new HashMap<>();

  /** The users that are read: one a database, whatever the way to it. */
  private long reader(Target target) {
    return readers.computeIfAbsent(target.system(), system -> newUser(target));
  }

  private long newUser(Target target) {
    Outcome made =
        client.user(target.users().get(0).toString(), "Alice", UUID.randomUUID().toString());
    if (made.status() != 201) {
      throw new RunFailure("no user could be made: " + made);
    }
    return made.id();
  }

  /**
   * One loading, with all its checks.
   *
   * @throws RunFailure for an unexpected status, for bodies that differ from other variants', and
   *     for an acknowledged order that is not found exactly once
   */
  Sample measure(Target target, Kind kind, int rate, Duration duration) {
    parity.check(target, kind, reader(target));
    Map<String, Double> before = served(target);
    double cpu = ProcessGroup.cpuMicros(target.processIds());
    Loaded loaded = load(target, kind, rate, duration);
    cpu = ProcessGroup.cpuMicros(target.processIds()) - cpu;
    Map<String, Double> served = served(target);
    before.forEach((user, count) -> served.merge(user, -count, Double::sum));
    if (loaded.failed() > 0) {
      throw new RunFailure(target.name() + ", " + kind.text() + ": " + loaded.summary());
    }
    requireStoredOnce(target, loaded);
    return new Sample(
        loaded.latency(),
        cpu / loaded.latency().getTotalCount(),
        served,
        loaded.busy(),
        loaded.lag99(),
        loaded.generatorWasBottleneck());
  }

  /** The load alone, whatever comes of it. */
  Loaded load(Target target, Kind kind, int rate, Duration duration) {
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    long user = kind == Kind.READ ? reader(target) : newUser(target);
    List<LoadRun> runs = new ArrayList<>();
    List<URI> entries = kind == Kind.READ ? target.users() : List.of(target.orders());
    long begun = System.nanoTime();
    for (URI entry : entries) {
      double share = (double) rate / entries.size();
      StreamPlan plan =
          kind == Kind.READ
              ? reads(entry, share, duration, user)
              : orders(entry, share, duration, user, acknowledged);
      // Several streams take turns; begun together they would send their requests in pairs.
      awaitTurn(begun + runs.size() * 1_000_000_000L / rate);
      runs.add(LoadGenerator.start(List.of(plan.withTimes(PATIENCE, SLOW))));
    }
    return new Loaded(runs.stream().map(LoadRun::await).toList(), user, acknowledged);
  }

  private static void awaitTurn(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static StreamPlan reads(URI entry, double rate, Duration duration, long user) {
    Request request = Request.get("/users/" + user, entry.getAuthority());
    return StreamPlan.open(
            entry.getAuthority(), Target.socket(entry), rate, duration, number -> request)
        .withExpected(status -> status == 200);
  }

  private static StreamPlan orders(
      URI entry, double rate, Duration duration, long user, Map<String, Long> acknowledged) {
    return StreamPlan.open(
            entry.getAuthority(),
            Target.socket(entry),
            rate,
            duration,
            number ->
                Request.postJson(
                    "/orders",
                    entry.getAuthority(),
                    "{\"user_id\":" + user + ",\"item\":\"" + item(number) + "\"}"))
        .withExpected(status -> status == 201)
        .withObserver(
            answer -> {
              Matcher id = ID.matcher(new String(answer.body(), StandardCharsets.UTF_8));
              if (answer.status() == 201 && id.find()) {
                acknowledged.put(item(answer.number()), Long.parseLong(id.group(1)));
              }
            },
            true);
  }

  private static String item(long number) {
    return "Book " + number;
  }

  private void requireStoredOnce(Target target, Loaded loaded) {
    if (loaded.acknowledged().isEmpty()) {
      return;
    }
    StoredOrders stored = StoredOrders.of(target.orders().toString(), loaded.user());
    long lost = stored.lost(loaded.acknowledged());
    if (lost > 0 || stored.doubled() > 0) {
      throw new RunFailure(
          "%s: of %d acknowledged orders %d were lost and %d doubled"
              .formatted(target.name(), loaded.acknowledged().size(), lost, stored.doubled()));
    }
  }

  private Map<String, Double> served(Target target) {
    Map<String, Double> served = new HashMap<>();
    target
        .userManagement()
        .forEach((user, url) -> served.put(user, new Metrics(client, url).userReads()));
    return served;
  }

  /**
   * What came of it.
   *
   * @param user whose the orders are
   * @param acknowledged ids by item
   */
  record Loaded(List<LoadResult> results, long user, Map<String, Long> acknowledged) {

    private Stream<StreamResult> streams() {
      return results.stream().flatMap(result -> result.streams().stream());
    }

    Histogram latency() {
      Histogram all = new Histogram(3);
      streams().forEach(stream -> all.add(stream.latency()));
      return all;
    }

    long failed() {
      return results.stream().mapToLong(LoadResult::failed).sum();
    }

    String summary() {
      return streams().map(StreamResult::summary).collect(Collectors.joining("; "));
    }

    double busy() {
      return results.stream().mapToDouble(LoadResult::busy).max().orElse(0);
    }

    boolean generatorWasBottleneck() {
      return results.stream().anyMatch(LoadResult::generatorWasBottleneck);
    }

    /** In µs. */
    double lag99() {
      return streams()
          .mapToDouble(stream -> stream.lag().getValueAtPercentile(99) / 1e3)
          .max()
          .orElse(0);
    }
  }
}
