package dev.rendezvous.playground;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether the first request of a person will succeed, by requests that leave nothing behind.
 *
 * <p>An order for a user that cannot exist is refused with 422 only when the order service has
 * reached the user service and got its own answer: that is the whole way of a first order.
 */
final class FirstRequest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ORDER_OF_NOBODY =
      "{\"user_id\":" + Long.MAX_VALUE + ",\"item\":\"Nothing\"}";

  private final Http http = new Http();
  private final Blueprint blueprint;
  private String missing = "";

  FirstRequest(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /**
   * @param requireAlive looked at between two tries; throws where waiting has become useless
   * @throws StartFailure naming the request that did not succeed
   */
  void await(Runnable requireAlive) {
    boolean served =
        Await.until(
            PATIENCE,
            () -> {
              requireAlive.run();
              return usersAnswer() && ordersAnswer() && orderReachesUser() && tableIsFull();
            });
    if (!served) {
      throw new StartFailure("all parts are ready, but " + missing);
    }
  }

  private boolean usersAnswer() {
    String url = entry(blueprint.users.get(0)) + "/users?limit=1";
    return expect(200, "GET " + url, http.get(url));
  }

  private boolean ordersAnswer() {
    String url = entry(blueprint.order) + "/orders?limit=1";
    return expect(200, "GET " + url, http.get(url));
  }

  private boolean orderReachesUser() {
    String url = entry(blueprint.order) + "/orders";
    return expect(422, "POST " + url + " " + ORDER_OF_NOBODY, http.post(url, ORDER_OF_NOBODY));
  }

  /** Where a registry is asked, every user service has come through it to who calls them. */
  private boolean tableIsFull() {
    if (blueprint.consul == null) {
      return true;
    }
    ServiceJar gateway = blueprint.gateway;
    return shows(blueprint.order) && (gateway == null || shows(gateway));
  }

  private boolean shows(ServiceJar caller) {
    String url = caller.management() + "/discovery";
    String table = http.get(url).map(HttpResponse::body).orElse("");
    for (ServiceJar user : blueprint.users) {
      if (!table.contains("\"" + user.name() + "\"")) {
        missing = "GET " + url + " does not show " + user.name();
        return false;
      }
    }
    return true;
  }

  private String entry(ServiceJar service) {
    return blueprint.gateway == null ? service.address() : blueprint.gateway.address();
  }

  private boolean expect(int status, String request, Optional<HttpResponse<String>> answer) {
    missing =
        request
            + " gives "
            + answer.map(got -> got.statusCode() + " " + got.body()).orElse("no answer")
            + " instead of "
            + status;
    return answer.filter(got -> got.statusCode() == status).isPresent();
  }
}
