package dev.rendezvous.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.Ejection.Fault;
import dev.rendezvous.discovery.call.Picker.Pick;
import dev.rendezvous.discovery.instance.ServiceInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PickerTest {

  private static final long MS = 1_000_000;
  private static final long NOW = 1_000 * MS;

  private final Random random = new Random(7);
  private final Picker picker = new Picker(() -> random);

  private static Target target(int port) {
    return new Target(ServiceInstance.of("s", "i" + port, "h", port), new Endpoint());
  }

  private static List<Target> targets(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(PickerTest::target).toList();
  }

  private static void eject(Target target) {
    target.endpoint().ejection.failed(Fault.REFUSED, NOW, NOW);
  }

  private static void measured(Target target, long millis) {
    for (int i = 0; i < PeakEwma.WARM_UP; i++) {
      target.endpoint().latency.observe(millis * MS, NOW);
    }
  }

  private Map<Integer, Integer> shares(List<Target> targets) {
    Map<Integer, Integer> shares = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      Pick pick = picker.pick(targets, List.of(), true, NOW);
      shares.merge(pick.target().instance().port(), 1, Integer::sum);
    }
    return shares;
  }

  @Test
  void nobodyWhereNobodyIs() {
    assertThat(picker.pick(List.of(), List.of(), true, NOW)).isNull();
  }

  @Test
  void spreadsEvenlyOverEquals() {
    assertThat(shares(targets(4)).values())
        .allSatisfy(share -> assertThat(share).isBetween(2_300, 2_700));
  }

  @Test
  void aNewInstanceIsTakenToBeAsFastAsTheOthers() {
    List<Target> targets = targets(2);
    measured(targets.get(0), 3);
    assertThat(shares(targets).values())
        .allSatisfy(share -> assertThat(share).isBetween(4_700, 5_300));
  }

  @Test
  void oneTenTimesSlowerGetsNextToNothing() {
    List<Target> targets = targets(2);
    measured(targets.get(0), 3);
    measured(targets.get(1), 30);
    assertThat(shares(targets).getOrDefault(2, 0)).isLessThan(30);
  }

  @Test
  void callsInFlightCountAsLatency() {
    List<Target> targets = targets(2);
    for (int i = 0; i < 3; i++) {
      targets.get(0).endpoint().begin(NOW);
    }
    assertThat(shares(targets).get(1)).isLessThan(300);
  }

  @Test
  void aCallThatWaitsForLongIsLatencyAlready() {
    List<Target> targets = targets(2);
    measured(targets.get(0), 3);
    measured(targets.get(1), 3);
    targets.get(0).endpoint().begin(NOW - 30 * MS);
    assertThat(shares(targets).getOrDefault(1, 0)).isLessThan(30);
  }

  @Test
  void weightsAreSharesAmongEquals() {
    Target light = target(1);
    ServiceInstance plain = target(2).instance();
    Target heavy =
        new Target(
            new ServiceInstance("s", "i2", "", "", plain.address(), 3, List.of(), Map.of()),
            new Endpoint());
    assertThat(shares(List.of(light, heavy)).get(2)).isBetween(7_200, 7_800);
  }

  @Test
  void leavesOutWhoIsEjectedOrWasTried() {
    List<Target> targets = targets(4);
    eject(targets.get(0));
    Pick pick = picker.pick(targets, List.of(targets.get(1).endpoint()), true, NOW);
    assertThat(pick.target().instance().port()).isIn(3, 4);
    assertThat(pick.anotherLeft()).isTrue();
    Pick last =
        picker.pick(
            targets, List.of(targets.get(1).endpoint(), targets.get(2).endpoint()), true, NOW);
    assertThat(last.target()).isEqualTo(targets.get(3));
    assertThat(last.anotherLeft()).isFalse();
  }

  @Test
  void withTwoReplicasOneEjectedGetsNothing() {
    List<Target> targets = targets(2);
    eject(targets.get(0));
    assertThat(shares(targets)).isEqualTo(Map.of(2, 10_000));
  }

  @Test
  void aboveHalfEjectedAllAreUsedAgainTheLeastBadFirst() {
    List<Target> targets = targets(3);
    eject(targets.get(0));
    eject(targets.get(0));
    eject(targets.get(1));
    Map<Integer, Integer> shares = shares(targets);
    assertThat(shares.get(3)).isGreaterThan(shares.get(2));
    assertThat(shares.get(2)).isGreaterThan(shares.get(1));
    assertThat(shares.get(1)).isPositive();
  }

  @Test
  void theOnlyInstanceIsUsedEvenWhenEjected() {
    List<Target> targets = targets(1);
    eject(targets.get(0));
    assertThat(picker.pick(targets, List.of(), false, NOW).trial()).isFalse();
  }

  @Test
  void oneCallTriesAnInstanceThatAProbeFound() {
    List<Target> targets = targets(2);
    eject(targets.get(0));
    targets.get(0).endpoint().ejection.vouch();
    long later = NOW + Ejection.FIRST_NANOS;
    Pick trial = picker.pick(targets, List.of(), false, later);
    assertThat(trial.trial()).isTrue();
    assertThat(trial.anotherLeft()).isTrue();
    assertThat(trial.target()).isEqualTo(targets.get(0));
    assertThat(picker.pick(targets, List.of(), false, later).target()).isEqualTo(targets.get(1));
  }

  @Test
  void acallThatMustNotBeRepeatedDoesNotTryOneThatHung() {
    List<Target> targets = targets(2);
    Ejection ejection = targets.get(0).endpoint().ejection;
    ejection.failed(Fault.TIMEOUT, NOW, NOW);
    ejection.failed(Fault.TIMEOUT, NOW, NOW);
    ejection.vouch();
    long later = NOW + Ejection.FIRST_NANOS;
    assertThat(picker.pick(targets, List.of(), false, later).target()).isEqualTo(targets.get(1));
    assertThat(picker.pick(targets, List.of(), true, later).target()).isEqualTo(targets.get(0));
  }
}
