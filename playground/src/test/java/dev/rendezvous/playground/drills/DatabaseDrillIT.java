package dev.rendezvous.playground.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Options;
import dev.rendezvous.playground.Part;
import dev.rendezvous.playground.Playground;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order service's database dies under load and returns. */
@Timeout(120)
class DatabaseDrillIT {

  private static final int ORDERS = 1_000;
  private static final int CONNECTIONS = 32;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final Pattern LISTED =
      Pattern.compile("\"id\":([0-9]+),\"user_id\":1,\"item\":\"([^\"]+)\"");

  private final Figures figures = new Figures("orders-db is killed and restarted");
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch aThirdIsDone = new CountDownLatch(ORDERS / 3);

  @Test
  void noAcknowledgedOrderIsLostAndNoneIsDoubled() throws Exception {
    Path root = Path.of("").toAbsolutePath().getParent();
    Path data = DrillFolder.fresh("database");
    try (Playground system = Playground.run(Options.of(Variant.GATEWAY, root, data))) {
      assertThat(Client.id(new Client().user(system.users(), "Alice"))).isEqualTo(1);
      List<Thread> clients = start(system.orders());
      assertThat(aThirdIsDone.await(60, TimeUnit.SECONDS)).isTrue();
      Part database = system.part("orders-db");
      long killed = System.nanoTime();
      database.kill();
      TimeUnit.SECONDS.sleep(1); // the outage itself
      database.start();
      database.awaitReady(Duration.ofSeconds(20));
      long returned = System.nanoTime();
      for (Thread client : clients) {
        client.join();
      }
      printAndCheck(killed, returned);
      checkWhatIsStored(system.orders());
      checkReplays(system.orders());
    }
  }

  /** Each client takes the next order and sends it, under one key, until it is acknowledged. */
  private List<Thread> start(String orders) {
    List<Thread> clients = new ArrayList<>();
    for (int number = 0; number < CONNECTIONS; number++) {
      Thread thread = new Thread(() -> sendAll(orders), "client-" + number);
      clients.add(thread);
      thread.start();
    }
    return clients;
  }

  private void sendAll(String orders) {
    Client client = new Client();
    for (int order = next.getAndIncrement(); order < ORDERS; order = next.getAndIncrement()) {
      String key = "order-" + order;
      Outcome outcome = client.order(orders, 1, key, key);
      outcomes.add(outcome);
      while (!outcome.succeeded() && pause()) {
        outcome = client.order(orders, 1, key, key);
        outcomes.add(outcome);
      }
      acknowledged.put(key, Client.id(outcome));
      aThirdIsDone.countDown();
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_TRIES.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void printAndCheck(long killed, long returned) {
    List<Outcome> failed = outcomes.stream().filter(outcome -> !outcome.succeeded()).toList();
    long slowest = failed.stream().mapToLong(outcome -> outcome.took().toMillis()).max().orElse(0);
    long firstAfter =
        outcomes.stream()
            .filter(outcome -> outcome.succeeded() && outcome.sentAt() - killed > 0)
            .mapToLong(Outcome::answeredAt)
            .min()
            .orElseThrow();
    figures.print("orders acknowledged", acknowledged.size());
    figures.print("answers by status", Figures.statuses(List.copyOf(outcomes)));
    figures.print("seconds the database was away", Figures.seconds(killed, returned));
    figures.print("seconds of the slowest failure", slowest / 1e3);
    figures.print(
        "seconds from its return to the first success", Figures.seconds(returned, firstAfter));
    assertThat(acknowledged).hasSize(ORDERS);
    assertThat(failed).isNotEmpty().allMatch(outcome -> outcome.status() == 503);
    assertThat(Figures.seconds(returned, firstAfter)).isLessThan(2);
  }

  private void checkWhatIsStored(String orders) {
    Map<String, List<Long>> stored = stored(orders);
    assertThat(stored).hasSize(ORDERS);
    acknowledged.forEach((key, id) -> assertThat(stored).containsEntry(key, List.of(id)));
    figures.print("orders stored exactly once", stored.size());
  }

  /** The ids under which each item is found, by reading page after page. */
  private static Map<String, List<Long>> stored(String orders) {
    Client client = new Client();
    Map<String, List<Long>> stored = new TreeMap<>();
    Optional<URI> page = Optional.of(URI.create(orders + "/orders?user_id=1&limit=100"));
    while (page.isPresent()) {
      URI url = page.get();
      Outcome outcome = client.get(url.toString());
      assertThat(outcome.status()).as(outcome.body()).isEqualTo(200);
      Matcher item = LISTED.matcher(outcome.body());
      while (item.find()) {
        stored
            .computeIfAbsent(item.group(2), key -> new ArrayList<>())
            .add(Long.parseLong(item.group(1)));
      }
      page = outcome.next().map(url::resolve);
    }
    return stored;
  }

  private void checkReplays(String orders) {
    Client client = new Client();
    Map<String, Long> replayed = new HashMap<>();
    acknowledged
        .keySet()
        .forEach(key -> replayed.put(key, Client.id(client.order(orders, 1, key, key))));
    assertThat(replayed).isEqualTo(acknowledged);
    figures.print("replays that gave the same id", replayed.size());
  }
}
