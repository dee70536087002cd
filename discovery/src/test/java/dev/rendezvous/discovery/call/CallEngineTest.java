package dev.rendezvous.discovery.call;

import static dev.rendezvous.discovery.call.Script.LOST;
import static dev.rendezvous.discovery.call.Script.REFUSED;
import static dev.rendezvous.discovery.call.Script.failure;
import static dev.rendezvous.discovery.call.Script.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.CallFailure.Cause;
import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which failure allows which further try, and who is blamed. */
class CallEngineTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final FakeClock clock = new FakeClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ServiceInstance> suspects = new ArrayList<>();
  private InstanceTable table = tableOf(2);
  private final CallEngine engine = new CallEngine(() -> table, suspects::add, meters, clock);

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

  @Test
  void aRefusedConnectIsRetriedElsewhereForAnyCall() {
    Script script = new Script(REFUSED, status(200));
    Answer<Integer> answer = engine.call(once(), script).result();
    assertThat(answer.attempts()).isEqualTo(2);
    assertThat(script.ports).doesNotHaveDuplicates();
    assertThat(suspects).extracting("port").containsExactly(script.ports.get(0));
    assertThat(state(script.ports.get(0))).isEqualTo("ejected");
    assertThat(state(script.ports.get(1))).isEqualTo("in_rotation");
  }

  @Test
  void refusedByAllFailsWithTheirNumber() {
    CallFailure failure = failed(once(), new Script(REFUSED, REFUSED));
    assertThat(failure.reason()).isEqualTo(Cause.REFUSED);
    assertThat(failure.attempts()).isEqualTo(2);
    assertThat(failure.instance()).isNotNull();
  }

  @Test
  void withoutInstancesNothingIsSent() {
    table = tableOf(0);
    Script script = new Script();
    CallFailure failure = failed(retryable(), script);
    assertThat(failure.reason()).isEqualTo(Cause.NO_INSTANCE);
    assertThat(failure.attempts()).isZero();
    assertThat(script.ports).isEmpty();
  }

  @Test
  void aSilentInstanceCostsOneSecondWhileAnotherIsLeft() {
    Script script = new Script(silence(), status(200));
    assertThat(retryable(script).attempts()).isEqualTo(2);
    assertThat(script.limits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(script.ports).doesNotHaveDuplicates();
  }

  @Test
  void theLastInstanceMayUseTheWholeDeadline() {
    table = tableOf(1);
    Script script = new Script(silence());
    CallFailure failure = failed(retryable(), script);
    assertThat(script.limits).containsExactly(DEADLINE);
    assertThat(failure.reason()).isEqualTo(Cause.DEADLINE);
  }

  @Test
  void whatMustNotBeRepeatedIsNotAfterBytesWereSent() {
    Script silent = new Script(silence());
    assertThat(failed(once(), silent).reason()).isEqualTo(Cause.DEADLINE);
    assertThat(silent.limits).containsExactly(DEADLINE);
    assertThat(failed(once(), new Script(LOST)).reason()).isEqualTo(Cause.CONNECTION_LOST);
    assertThat(engine.call(once(), new Script(status(503))).result().value()).isEqualTo(503);
  }

  @Test
  void twoSilencesEjectTheSecondOfThemWithoutBlameForAShortTry() {
    table = tableOf(1);
    failed(retryable(), new Script(silence()));
    failed(
        new Call("s", true, true, Duration.ofMillis(50), Call.FIRST_BYTE_TIMEOUT, Call.ANY_TRIES),
        new Script(silence()));
    assertThat(state(1)).isEqualTo("in_rotation");
    failed(retryable(), new Script(silence()));
    assertThat(state(1)).isEqualTo("ejected");
  }

  @Test
  void aLostConnectionIsRepeatedOnceEvenOnTheSameInstance() {
    table = tableOf(1);
    assertThat(retryable(new Script(LOST, status(200))).attempts()).isEqualTo(2);
    CallFailure failure = failed(retryable(), new Script(LOST, LOST));
    assertThat(failure.reason()).isEqualTo(Cause.CONNECTION_LOST);
    assertThat(failure.attempts()).isEqualTo(2);
  }

  @Test
  void aLostConnectionPrefersAnotherInstance() {
    Script script = new Script(LOST, status(200));
    retryable(script);
    assertThat(script.ports).doesNotHaveDuplicates();
  }

  @Test
  void gatewayErrorsAreRetriedElsewhereAndTheLastIsHandedBack() {
    Script script = new Script(status(503), status(502));
    Answer<Integer> answer = retryable(script);
    assertThat(answer.value()).isEqualTo(502);
    assertThat(answer.attempts()).isEqualTo(2);
    assertThat(script.discarded).containsExactly(503);
    assertThat(script.ports).doesNotHaveDuplicates();
  }

  @Test
  void anErrorOfTheServiceItselfIsAnAnswer() {
    Script script = new Script(status(500));
    assertThat(retryable(script).value()).isEqualTo(500);
    assertThat(state(script.ports.get(0))).isEqualTo("in_rotation");
  }

  @Test
  void aMisdirectedCallGoesElsewhereAndItsAnswerIsNeverUsed() {
    Script script = new Script(status(421), status(200));
    assertThat(engine.call(once(), script).result().value()).isEqualTo(200);
    assertThat(script.discarded).containsExactly(421);
    assertThat(state(script.ports.get(0))).isEqualTo("ejected");

    table = tableOf(1);
    CallFailure nobody = failed(retryable(), new Script(status(421)));
    assertThat(nobody.reason()).isEqualTo(Cause.NO_INSTANCE);
  }

  @Test
  void aBodyThatWasNotKeptIsNotSentTwiceEvenWhenMisdirected() {
    Call streamed = new Call("s", false, false, DEADLINE, Call.FIRST_BYTE_TIMEOUT, Call.ANY_TRIES);
    Script script = new Script(status(421));
    assertThat(failed(streamed, script).reason()).isEqualTo(Cause.NO_INSTANCE);
    assertThat(script.ports).hasSize(1);
  }

  @Test
  void anOverflowingQueueIsNotTheInstancesFault() {
    Throwable busy = new ConnectionPoolTooBusyException("full");
    Script script = new Script(failure(busy), failure(busy));
    assertThat(failed(once(), script).reason()).isEqualTo(Cause.OVERLOADED);
    assertThat(state(1)).isEqualTo("in_rotation");
    assertThat(state(2)).isEqualTo("in_rotation");
  }

  @Test
  void aCallerThatWentAwayBlamesNobody() {
    table = tableOf(1);
    for (int i = 0; i < 5; i++) {
      Script script = new Script(REFUSED);
      script.cancelled = true;
      assertThat(failed(retryable(), script).reason()).isEqualTo(Cause.CANCELLED);
      assertThat(script.ports).hasSize(1);
    }
    assertThat(state(1)).isEqualTo("in_rotation");
    assertThat(engine.describe(table.instances("s").get(0)).getInteger("in_flight")).isZero();
  }

  @Test
  void aFaultOfTheCallerItselfIsHandedBackAsItIs() {
    RuntimeException bug = new IllegalStateException("bug");
    assertThat(engine.call(retryable(), new Script(failure(bug))).cause()).isSameAs(bug);
    assertThat(
            engine
                .call(
                    retryable(),
                    new Script(
                        limit -> {
                          throw bug;
                        }))
                .cause())
        .isSameAs(bug);
  }

  @Test
  void anAttemptThatFailsToJudgeFailsTheCall() {
    RuntimeException bug = new IllegalStateException("bug");
    Script script =
        new Script(status(200)) {
          @Override
          public Verdict judge(Integer status) {
            throw bug;
          }
        };
    assertThat(engine.call(retryable(), script).cause()).isSameAs(bug);
  }

  @Test
  void theBudgetEndsRetries() {
    int sent = 0;
    for (int i = 0; i < 1_000; i++) {
      Script script = new Script(status(503), status(503));
      retryable(script);
      sent += script.ports.size();
    }
    assertThat(sent).isBetween(1_250, 1_350);
    assertThat(
            meters.counter("discovery.retries", "service", "s", "cause", "gateway_error").count())
        .isEqualTo(sent - 1_000.0);
    assertThat(meters.counter("discovery.picks", "service", "s").count()).isEqualTo(sent);
  }

  @Test
  void statisticsFollowTheAddressAcrossTables() {
    Script script = new Script(REFUSED, status(200));
    retryable(script);
    table = tableOf(3);
    assertThat(state(script.ports.get(0))).isEqualTo("ejected");
    engine.appeared(table.instances("s").get(script.ports.get(0) - 1));
    assertThat(state(script.ports.get(0))).isEqualTo("in_rotation");
  }

  @Test
  void aTrialBringsAnEjectedInstanceBack() {
    Script script = new Script(REFUSED, status(200));
    retryable(script);
    int ejected = script.ports.get(0);
    engine.probeEjected(instance -> Future.succeededFuture(true));
    clock.pass(Duration.ofSeconds(5));
    engine.probeEjected(instance -> Future.succeededFuture(false));
    assertThat(retryable(new Script(status(200))).instance().port()).isNotEqualTo(ejected);
    clock.pass(Duration.ofSeconds(1));
    engine.probeEjected(instance -> Future.succeededFuture(true));
    assertThat(retryable(new Script(status(200))).instance().port()).isEqualTo(ejected);
    assertThat(state(ejected)).isEqualTo("in_rotation");
  }

  @Test
  void addressesThatNobodyHasAreForgotten() {
    retryable(new Script(REFUSED, status(200)));
    table = tableOf(0);
    engine.forgetUnused();
    table = tableOf(2);
    assertThat(state(1)).isEqualTo("in_rotation");
    assertThat(state(2)).isEqualTo("in_rotation");
  }
}
