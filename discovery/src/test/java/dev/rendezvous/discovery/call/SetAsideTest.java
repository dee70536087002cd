package dev.rendezvous.discovery.call;

import static dev.rendezvous.discovery.call.Script.LOST;
import static dev.rendezvous.discovery.call.Script.REFUSED;
import static dev.rendezvous.discovery.call.Script.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of an instance that is set aside: by calls that need it and by checks. */
class SetAsideTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final FakeClock clock = new FakeClock();
  private InstanceTable table = tableOf(2);
  private final CallEngine engine =
      new CallEngine(() -> table, suspect -> {}, new SimpleMeterRegistry(), clock);

  private static InstanceTable tableOf(int count) {
    List<ServiceInstance> instances =
        IntStream.rangeClosed(1, count)
            .mapToObj(port -> ServiceInstance.of("s", "i" + port, "h", port))
            .toList();
    return new InstanceTable(
        Map.of("s", new ServiceNews("s", instances, "static", 0, Instant.EPOCH)));
  }

  private Script.Step silence() {
    return limit -> {
      clock.pass(limit);
      return Future.failedFuture(new TimeoutException("The timeout period has been exceeded"));
    };
  }

  private Answer<Integer> retryable(Script script) {
    return engine.call(Call.retryable("s", DEADLINE), script).result();
  }

  private CallFailure failed(Call call, Script script) {
    return (CallFailure) engine.call(call, script).cause();
  }

  private static Call retryable() {
    return Call.retryable("s", DEADLINE);
  }

  private static Call once() {
    return Call.once("s", DEADLINE);
  }

  private String state(int port) {
    return engine.describe(table.instances("s").get(port - 1)).getString("state");
  }

  private int eject() {
    Script script = new Script(REFUSED, status(200));
    retryable(script);
    return script.ports.get(0);
  }

  @Test
  void anInstanceThatIsSetAsideIsBetterThanAnError() {
    int ejected = eject();
    Script draining = new Script(status(503), status(200));
    assertThat(retryable(draining).value()).isEqualTo(200);
    assertThat(draining.ports).last().isEqualTo(ejected);
  }

  @Test
  void aConnectionThatDiedIsMadeAgainBeforeAnInstanceThatIsSetAsideIsTried() {
    int ejected = eject();
    int other = 3 - ejected;
    Script stale = new Script(LOST, status(200));
    assertThat(retryable(stale).value()).isEqualTo(200);
    assertThat(stale.ports).containsExactly(other, other);

    ejected = eject();
    Script leaving = new Script(LOST, status(503), status(200));
    assertThat(retryable(leaving).value()).isEqualTo(200);
    assertThat(leaving.ports).last().isEqualTo(ejected);
  }

  @Test
  void theLastResortOfACallThatMustNotBeRepeatedIsOnlyWhoRefused() {
    int ejected = eject();
    Script refused = new Script(REFUSED, status(200));
    assertThat(engine.call(once(), refused).result().value()).isEqualTo(200);
    assertThat(refused.ports).last().isEqualTo(ejected);
  }

  @Test
  void aCallIsSentNoMoreOftenThanItMay() {
    Call two = new Call("s", true, true, DEADLINE, Duration.ofMillis(100), 2);
    table = tableOf(3);
    Script script = new Script(silence(), silence());
    assertThat(failed(two, script).attempts()).isEqualTo(2);
    // The last try has all the time that is left.
    assertThat(script.limits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(1_900));
    Call one = new Call("s", true, true, DEADLINE, Duration.ofMillis(100), 1);
    assertThat(engine.call(one, new Script(status(503))).result().value()).isEqualTo(503);
    assertThat(failed(one, new Script(REFUSED)).attempts()).isEqualTo(1);
  }

  private void check(Map<Integer, Boolean> answers) {
    clock.pass(Duration.ofSeconds(3));
    engine.check(instance -> Future.succeededFuture(answers.get(instance.port())));
  }

  @Test
  void checksSetAsideWhatNoCallHasFoundDead() {
    Map<Integer, Boolean> oneIsDead = Map.of(1, false, 2, true);
    engine.check(instance -> Future.succeededFuture(true));
    check(oneIsDead);
    check(oneIsDead);
    assertThat(state(1)).isEqualTo("in_rotation");
    check(oneIsDead);
    assertThat(state(1)).isEqualTo("ejected");
    assertThat(state(2)).isEqualTo("in_rotation");
    check(Map.of(1, true, 2, true));
    assertThat(state(1)).isEqualTo("ejected");
    check(Map.of(1, true, 2, true));
    assertThat(state(1)).isEqualTo("in_rotation");
  }

  @Test
  void checksDoNotExcuseWhatTheyCannotSee() {
    table = tableOf(1);
    failed(retryable(), new Script(silence()));
    failed(retryable(), new Script(silence()));
    assertThat(state(1)).isEqualTo("ejected");
    engine.check(instance -> Future.succeededFuture(true));
    check(Map.of(1, true));
    check(Map.of(1, true));
    check(Map.of(1, true));
    assertThat(state(1)).isEqualTo("ejected");
  }
}
