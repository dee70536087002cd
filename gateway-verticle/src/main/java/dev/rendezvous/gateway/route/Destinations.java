package dev.rendezvous.gateway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The services that share the requests of a route by their weights.
 *
 * @param shares at least one, their weights not all 0
 */
public record Destinations(List<Share> shares) {

  /**
   * One of them.
   *
   * @param weight relative to the others; 0 takes none
   */
  public record Share(String service, int weight) {}

  public Destinations {
    shares = List.copyOf(shares);
  }

  static Destinations of(String service) {
    return new Destinations(List.of(new Share(service, 1)));
  }

  /** The service for one request; all of its tries go there. */
  public String choose(RandomGenerator random) {
    return shares.size() == 1 ? shares.get(0).service() : at(random.nextInt(total()));
  }

  private String at(int point) {
    var left = point;
    for (var share : shares) {
      left -= share.weight();
      if (left < 0) {
        return share.service();
      }
    }
    throw new IllegalArgumentException("beyond the sum of the weights: " + point);
  }

  int total() {
    return shares.stream().mapToInt(Share::weight).sum();
  }

  void describe(JsonObject json) {
    if (shares.size() == 1) {
      json.put("service", shares.get(0).service());
      return;
    }
    var all = new JsonArray();
    for (var share : shares) {
      all.add(new JsonObject().put("service", share.service()).put("weight", share.weight()));
    }
    json.put("services", all);
  }
}
