package dev.rendezvous.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.Ejection.Fault;
import dev.rendezvous.discovery.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EjectionTest {

  private final FakeClock clock = new FakeClock();
  private final Ejection ejection = new Ejection();

  private boolean fail(Fault fault) {
    clock.pass(Duration.ofMillis(1));
    return ejection.failed(fault, clock.getAsLong(), clock.getAsLong());
  }

  private boolean succeed() {
    clock.pass(Duration.ofMillis(1));
    return ejection.succeeded(clock.getAsLong());
  }

  private void passProbe() {
    clock.pass(Duration.ofNanos(ejection.remaining(clock.getAsLong())));
    assertThat(ejection.awaitsProbe(clock.getAsLong())).isTrue();
    ejection.vouch();
  }

  @Test
  void oneRefusedConnectIsEnough() {
    assertThat(fail(Fault.REFUSED)).isTrue();
    assertThat(ejection.isEjected()).isTrue();
  }

  @Test
  void twoTimeOutsInARowAreEnough() {
    assertThat(fail(Fault.TIMEOUT)).isFalse();
    assertThat(fail(Fault.TIMEOUT)).isTrue();
  }

  @Test
  void threeGatewayErrorsInARowAreEnough() {
    assertThat(fail(Fault.GATEWAY_ERROR)).isFalse();
    assertThat(fail(Fault.GATEWAY_ERROR)).isFalse();
    assertThat(fail(Fault.GATEWAY_ERROR)).isTrue();
  }

  @Test
  void aSuccessBetweenStartsTheCountAgain() {
    fail(Fault.GATEWAY_ERROR);
    fail(Fault.GATEWAY_ERROR);
    assertThat(succeed()).isFalse();
    assertThat(fail(Fault.GATEWAY_ERROR)).isFalse();
    assertThat(fail(Fault.TIMEOUT)).isFalse();
    assertThat(ejection.isEjected()).isFalse();
  }

  @Test
  void lastsFiveSecondsAndDoublesToSixty() {
    for (long seconds : new long[] {5, 10, 20, 40, 60, 60}) {
      assertThat(fail(Fault.REFUSED)).isTrue();
      assertThat(ejection.remaining(clock.getAsLong()))
          .isEqualTo(Duration.ofSeconds(seconds).toNanos());
      clock.pass(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void aSuccessResetsTheDoubling() {
    fail(Fault.REFUSED);
    fail(Fault.REFUSED);
    assertThat(succeed()).isTrue();
    fail(Fault.REFUSED);
    assertThat(ejection.remaining(clock.getAsLong())).isEqualTo(Ejection.FIRST_NANOS);
  }

  @Test
  void whatWasSentBeforeNeitherProlongsNorEndsIt() {
    long before = clock.getAsLong();
    fail(Fault.REFUSED);
    assertThat(ejection.failed(Fault.TIMEOUT, before, clock.getAsLong())).isFalse();
    assertThat(ejection.succeeded(before)).isFalse();
    assertThat(ejection.isEjected()).isTrue();
    assertThat(ejection.count()).isEqualTo(1);
  }

  @Test
  void oneTrialAtATimeAndOnlyAfterAProbe() {
    fail(Fault.TIMEOUT);
    fail(Fault.TIMEOUT);
    assertThat(ejection.beginTrial(clock.getAsLong())).isFalse();
    clock.pass(Duration.ofSeconds(5));
    assertThat(ejection.beginTrial(clock.getAsLong())).isFalse();
    passProbe();
    assertThat(ejection.beginTrial(clock.getAsLong())).isTrue();
    assertThat(ejection.beginTrial(clock.getAsLong())).isFalse();
    ejection.endTrial();
    assertThat(succeed()).isTrue();
    assertThat(ejection.isEjected()).isFalse();
  }

  @Test
  void aFailedTrialEjectsForLongerWhateverItsKind() {
    fail(Fault.REFUSED);
    passProbe();
    assertThat(ejection.beginTrial(clock.getAsLong())).isTrue();
    assertThat(fail(Fault.GATEWAY_ERROR)).isTrue();
    ejection.endTrial();
    assertThat(ejection.remaining(clock.getAsLong())).isEqualTo(2 * Ejection.FIRST_NANOS);
    assertThat(ejection.beginTrial(clock.getAsLong())).isFalse();
  }
}
