package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.discovery.call.CallFailure;
import dev.rendezvous.discovery.testing.Await;
import dev.rendezvous.discovery.testing.TestCaller;
import dev.rendezvous.discovery.testing.TestInstance;
import dev.rendezvous.discovery.testing.TestLoad;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real instances under a steady load, and what happens to one of them; no registry helps. */
class CallsIT {

  private static final String USERS = "user-service";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestInstance one;
  private TestInstance two;
  private Discovery discovery;

  @BeforeEach
  void start() {
    one = TestInstance.started(vertx, USERS);
    two = TestInstance.started(vertx, USERS);
    discovery =
        Discovery.create(
            vertx,
            DiscoveryUrl.parse(
                "static:user-service=127.0.0.1:%d,localhost:%d;order-service=127.0.0.1:%d"
                    .formatted(one.port(), two.port(), one.port())),
            DiscoveryOptions.defaults().withMeters(meters));
    discovery.watch(USERS);
    result(discovery.start());
    assertThat(discovery.table().instances(USERS)).hasSize(2);
  }

  @AfterEach
  void close() {
    result(discovery.close());
    result(vertx.close());
  }

  private String stateOf(TestInstance instance) {
    return discovery
        .describe()
        .getJsonObject("services")
        .getJsonObject(USERS)
        .getJsonArray("instances")
        .stream()
        .map(json -> (JsonObject) json)
        .filter(json -> json.getInteger("port") == instance.port())
        .map(json -> json.getString("state"))
        .findFirst()
        .orElse("absent");
  }

  @Test
  void twoHealthyOnesShareTheLoad() {
    TestLoad load = TestLoad.started(vertx, discovery, USERS);
    until("warm", Duration.ofSeconds(10), () -> load.sent() >= 200);
    int sentBefore = load.sent();
    int before = load.answeredBy(one);
    until("sent", Duration.ofSeconds(10), () -> load.sent() >= sentBefore + 600);
    double share = 100.0 * (load.answeredBy(one) - before) / (load.sent() - sentBefore);
    load.stop();
    figure("two equals: share of one", share + " %");
    assertThat(load.failures()).isEmpty();
    assertThat(share).isBetween(20.0, 80.0);
  }

  @Test
  void oneThatDiesTakesNoCallWithItAndComesBack() {
    TestLoad load = TestLoad.started(vertx, discovery, USERS);
    until("both serve", Duration.ofSeconds(5), () -> load.answeredBy(one) > 20);
    one.stop();
    Duration out = until("ejected", Duration.ofSeconds(2), () -> stateOf(one).equals("ejected"));
    int before = one.served();
    one.start();
    Duration back = until("serves again", Duration.ofSeconds(8), () -> one.served() > before);
    int sent = load.stop();
    figure("killed under load: failed of " + sent, load.failures());
    figure("killed under load: out after ms", out.toMillis());
    figure("killed under load, registry knows nothing: back after ms", back.toMillis());
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void oneThatHangsCostsTwoSlowCalls() {
    TestLoad load = TestLoad.started(vertx, discovery, USERS);
    until("both serve", Duration.ofSeconds(5), () -> load.answeredBy(one) > 20);
    one.silent(true);
    Duration out = until("ejected", Duration.ofSeconds(4), () -> stateOf(one).equals("ejected"));
    Await.holds("load goes on", Duration.ofSeconds(1), () -> true);
    load.stop();
    figure("hang under load: failed", load.failures());
    figure("hang under load: slow calls of " + load.sent(), load.slow());
    figure("hang under load: out after ms", out.toMillis());
    assertThat(load.failures()).isEmpty();
    assertThat(load.slow()).isLessThanOrEqualTo(4);
  }

  @Test
  void oneTenTimesSlowerGetsAlmostNothing() {
    one.delay(5);
    two.delay(5);
    TestLoad load = TestLoad.started(vertx, discovery, USERS);
    until("both serve", Duration.ofSeconds(5), () -> load.answeredBy(one) > 20);
    one.delay(50);
    Await.holds("learns", Duration.ofSeconds(2), () -> true);
    int before = load.answeredBy(one);
    int sentBefore = load.sent();
    until("sent", Duration.ofSeconds(10), () -> load.sent() > sentBefore + 600);
    double share = 100.0 * (load.answeredBy(one) - before) / (load.sent() - sentBefore);
    load.stop();
    figure("10x slower: share after 2 s", share + " %");
    assertThat(share).isLessThanOrEqualTo(5);
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void whatIsKnownCanBeSeen() {
    two.stop();
    TestCaller caller = new TestCaller(vertx, discovery);
    until("ejected", Duration.ofSeconds(2), () -> refusedOnce(caller));
    JsonObject seen = discovery.describe();
    assertThat(seen.getString("state")).isEqualTo("in_touch");
    assertThat(seen.getJsonObject("registration").getString("state")).isEqualTo("none");
    JsonObject users = seen.getJsonObject("services").getJsonObject(USERS);
    assertThat(users.getString("source")).isEqualTo("static");
    assertThat(users.getLong("age_ms")).isLessThan(5_000);
    assertThat(users.getJsonArray("instances").encode())
        .contains("\"ejections\":1", "\"in_flight\":0", "\"doubted\":false");
    assertThat(meters.counter("discovery.ejections", "service", USERS).count()).isOne();
    assertThat(meters.counter("discovery.retries", "service", USERS, "cause", "refused").count())
        .isOne();
    assertThat(meters.get("discovery.instances").tag("service", USERS).gauge().value())
        .isEqualTo(2);
    assertThat(meters.get("discovery.news.age").tag("service", USERS).gauge().value())
        .isLessThan(5);
  }

  private boolean refusedOnce(TestCaller caller) {
    result(caller.get(USERS));
    return stateOf(two).equals("ejected");
  }

  @Test
  void anotherServicesAddressNeverAnswersForIt() {
    TestCaller caller = new TestCaller(vertx, discovery);
    Call order = Call.retryable("order-service", Duration.ofSeconds(2));
    discovery.watch("order-service");
    until(
        "known",
        Duration.ofSeconds(2),
        () -> discovery.table().instances("order-service").size() == 1);
    CallFailure failure =
        (CallFailure)
            result(
                caller
                    .call(order, HttpMethod.GET)
                    .transform(ended -> Future.succeededFuture(ended.cause())));
    assertThat(failure.reason()).isEqualTo(CallFailure.Cause.NO_INSTANCE);
  }
}
