package dev.rendezvous.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Outcome;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What the simulations ask, whichever variant is behind the URLs, told by system properties.
 *
 * <ul>
 *   <li>{@code baseUrl}: what is loaded, {@code http://localhost:8080} by default
 *   <li>{@code usersUrl}: where the one user is made that all requests are about; {@code baseUrl}
 *       by default, and the user service's where {@code baseUrl} is the order service's
 *   <li>{@code rate}: requests a second, 50 by default, whether or not others are answered
 *   <li>{@code seconds}: 10 by default
 * </ul>
 */
final class Journeys {

  private static final String BASE_URL = System.getProperty("baseUrl", "http://localhost:8080");
  private static final String USERS_URL = System.getProperty("usersUrl", BASE_URL);
  private static final int RATE = Integer.getInteger("rate", 50);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("seconds", 10));

  private final long user;

  private Journeys(long user) {
    this.user = user;
  }

  /** With a user that it makes first. */
  static Journeys begin() {
    Outcome made = new Client().user(USERS_URL, "Alice", UUID.randomUUID().toString());
    if (made.status() != 201) {
      throw new IllegalStateException("no user could be made: " + made);
    }
    return new Journeys(made.id());
  }

  ScenarioBuilder reads() {
    return scenario("GET /users/{id}").exec(read());
  }

  ScenarioBuilder orders() {
    return scenario("POST /orders").exec(order());
  }

  private ChainBuilder read() {
    return exec(
        http("GET /users/{id}")
            .get("/users/" + user)
            .check(
                status().is(200),
                jsonPath("$.id").ofLong().is(user),
                jsonPath("$.name").is("Alice")));
  }

  private ChainBuilder order() {
    return exec(
        http("POST /orders")
            .post("/orders")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", session -> UUID.randomUUID().toString())
            .body(StringBody("{\"user_id\":" + user + ",\"item\":\"Book\"}"))
            .check(
                status().is(201),
                header("Location").exists(),
                jsonPath("$.item").is("Book"),
                jsonPath("$.user.id").ofLong().is(user),
                jsonPath("$.user.name").is("Alice")));
  }

  static HttpProtocolBuilder protocol() {
    return http.baseUrl(BASE_URL).shareConnections();
  }

  static OpenInjectionStep steadily() {
    return constantUsersPerSec(RATE).during(TIME);
  }

  /** Every answer is the right one, and there are some. */
  static List<Assertion> promises() {
    return List.of(
        global().failedRequests().count().is(0L), global().successfulRequests().count().gt(0L));
  }
}
