package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One user's orders as the order service has them afterwards, each with its key as its item. */
public final class StoredOrders {

  private static final int CLIENTS = 4;

  private final String orders;
  private final long user;
  private final Map<String, List<Long>> idsByKey;

  private StoredOrders(String orders, long user, Map<String, List<Long>> idsByKey) {
    this.orders = orders;
    this.user = user;
    this.idsByKey = idsByKey;
  }

  /** Reads page after page. */
  public static StoredOrders of(String orders, long user) {
    Pattern listed =
        Pattern.compile("\"id\":([0-9]+),\"user_id\":" + user + ",\"item\":\"([^\"]+)\"");
    Client client = new Client();
    Map<String, List<Long>> found = new HashMap<>();
    Optional<URI> page = Optional.of(URI.create(orders + "/orders?user_id=" + user + "&limit=100"));
    while (page.isPresent()) {
      URI url = page.get();
      Outcome outcome = client.get(url.toString());
      if (outcome.status() != 200) {
        throw new DrillFailure("the orders cannot be read back: " + outcome);
      }
      Matcher item = listed.matcher(outcome.body());
      while (item.find()) {
        found
            .computeIfAbsent(item.group(2), key -> new ArrayList<>())
            .add(Long.parseLong(item.group(1)));
      }
      page = outcome.next().map(url::resolve);
    }
    return new StoredOrders(orders, user, found);
  }

  /** How many of these are not there under the id that their client was told. */
  public long lost(Map<String, Long> acknowledged) {
    return acknowledged.entrySet().stream()
        .filter(
            order -> !idsByKey.getOrDefault(order.getKey(), List.of()).contains(order.getValue()))
        .count();
  }

  /** How many keys have more than one order, acknowledged or not. */
  public long doubled() {
    return idsByKey.values().stream().filter(ids -> ids.size() > 1).count();
  }

  /** How many keys have an order. */
  public int size() {
    return idsByKey.size();
  }

  /** Sends each once more under its key and counts those whose answer is not the first one's. */
  long replayedOtherwise(Map<String, Long> acknowledged) {
    Map<String, Long> replayed = new ConcurrentHashMap<>();
    ThreadLocal<Client> client = ThreadLocal.withInitial(Client::new);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    acknowledged
        .keySet()
        .forEach(
            key ->
                clients.execute(
                    () -> {
                      Outcome again = client.get().order(orders, user, key, key);
                      if (again.status() == 201) {
                        replayed.put(key, again.id());
                      }
                    }));
    clients.shutdown();
    try {
      if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new DrillFailure("the orders could not be sent again within 2 minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillFailure("interrupted");
    }
    return acknowledged.entrySet().stream()
        .filter(order -> !order.getValue().equals(replayed.get(order.getKey())))
        .count();
  }
}
