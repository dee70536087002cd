package dev.rendezvous.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.directory.Prober.Finding;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeliefTest {

  private final FakeClock clock = new FakeClock();
  private final Belief belief = new Belief();

  private static ServiceInstance instance(int number) {
    return at("i" + number, number);
  }

  private static ServiceInstance at(String id, int port) {
    return ServiceInstance.of("s", id, "h", port);
  }

  private static ServiceNews news(ServiceInstance... instances) {
    return new ServiceNews("s", List.of(instances), "consul", 1, Instant.EPOCH);
  }

  private boolean hear(int... numbers) {
    return belief.hear(
        news(Arrays.stream(numbers).mapToObj(BeliefTest::instance).toArray(ServiceInstance[]::new)),
        clock.getAsLong());
  }

  private void found(int number, Finding finding) {
    belief.found(instance(number), finding);
  }

  private List<String> believed() {
    ServiceNews news = belief.believed();
    return news == null ? List.of() : news.instances().stream().map(ServiceInstance::id).toList();
  }

  @Test
  void halfMayLeaveAtOnce() {
    hear(1, 2);
    assertThat(hear(1)).isFalse();
    assertThat(believed()).containsExactly("i1");
  }

  @Test
  void moreThanHalfMayNot() {
    hear(1, 2, 3);
    assertThat(hear(1)).isTrue();
    assertThat(believed()).containsExactly("i1", "i2", "i3");
  }

  @Test
  void norTheOnlyOne() {
    hear(1);
    assertThat(hear()).isTrue();
    assertThat(believed()).containsExactly("i1");
  }

  @Test
  void whoRefusesOrIsNotReadyGoesAtOnce() {
    hear(1, 2, 3);
    hear();
    found(1, Finding.REFUSES);
    found(2, Finding.NOT_READY);
    found(3, Finding.ANSWERS);
    assertThat(believed()).containsExactly("i3");
  }

  @Test
  void whoIsSilentGoesAtTheSecondProbe() {
    hear(1);
    hear();
    found(1, Finding.SILENT);
    assertThat(believed()).containsExactly("i1");
    found(1, Finding.SILENT);
    assertThat(believed()).isEmpty();
  }

  @Test
  void afterAMinuteTheRegistryIsBelieved() {
    hear(1, 2);
    hear();
    clock.pass(Duration.ofSeconds(59));
    found(1, Finding.ANSWERS);
    belief.expire(clock.getAsLong());
    assertThat(believed()).containsExactly("i1", "i2");
    clock.pass(Duration.ofSeconds(1));
    belief.expire(clock.getAsLong());
    assertThat(believed()).isEmpty();
  }

  @Test
  void whoRegistersAgainIsDoubtedNoMore() {
    hear(1, 2);
    hear();
    hear(1);
    found(1, Finding.REFUSES);
    assertThat(believed()).containsExactly("i1", "i2");
    hear(1, 2);
    assertThat(belief.doubted()).isEmpty();
  }

  @Test
  void aConfirmedRemovalDoesNotEndTheDoubt() {
    hear(1, 2);
    hear();
    assertThat(hear()).isFalse();
    assertThat(believed()).containsExactly("i1", "i2");
  }

  @Test
  void whoLeftBeforeIsAskedAgainWhenNobodyElseIsLeft() {
    hear(1, 2);
    hear(2);
    assertThat(believed()).containsExactly("i2");
    hear();
    assertThat(believed()).containsExactly("i2");
    assertThat(belief.doubted()).containsExactlyInAnyOrder(instance(1), instance(2));
    found(1, Finding.ANSWERS);
    found(2, Finding.REFUSES);
    assertThat(believed()).containsExactly("i1");
  }

  @Test
  void whoLeftBeforeStandsInForThoseThatRefuse() {
    hear(1, 2, 3, 4);
    hear(2, 3);
    assertThat(belief.refused(instance(2), clock.getAsLong())).isFalse();
    assertThat(belief.doubted()).isEmpty();
    assertThat(belief.refused(instance(3), clock.getAsLong())).isTrue();
    assertThat(believed()).containsExactly("i2", "i3");
    found(1, Finding.ANSWERS);
    found(4, Finding.NOT_READY);
    assertThat(believed()).containsExactly("i2", "i3", "i1");
    assertThat(belief.refused(instance(3), clock.getAsLong())).isFalse();
  }

  @Test
  void whoLeftLongAgoOrWasReplacedIsForgotten() {
    hear(1, 2);
    hear(2);
    clock.pass(Duration.ofSeconds(60));
    hear();
    assertThat(belief.doubted()).containsExactly(instance(2));

    belief.hear(news(instance(2), instance(3)), clock.getAsLong());
    belief.hear(news(instance(3), at("other", 2)), clock.getAsLong());
    hear();
    assertThat(belief.doubted()).doesNotContain(instance(2));
  }

  @Test
  void theLastOneStaysUntilTheOthersWereAsked() {
    hear(1, 2);
    hear(2);
    hear();
    found(2, Finding.NOT_READY);
    assertThat(believed()).containsExactly("i2");
    found(1, Finding.ANSWERS);
    assertThat(believed()).containsExactly("i2", "i1");
    found(2, Finding.NOT_READY);
    assertThat(believed()).containsExactly("i1");
    found(1, Finding.NOT_READY);
    assertThat(believed()).isEmpty();
  }

  @Test
  void theLastOneGoesWhereNobodyIsLeftToBeAsked() {
    hear(1, 2);
    hear(2);
    hear();
    found(1, Finding.REFUSES);
    found(2, Finding.NOT_READY);
    assertThat(believed()).isEmpty();
  }

  @Test
  void whoeverIsLeftAloneIsLookedAt() {
    hear(1, 2);
    assertThat(belief.survivors()).isEmpty();
    hear(2);
    assertThat(belief.survivors()).containsExactly(instance(2));
    hear(1, 2);
    assertThat(belief.survivors()).isEmpty();
  }

  @Test
  void anAddressThatSomebodyElseHasNowIsNotKept() {
    hear(1);
    belief.hear(news(at("other", 1)), clock.getAsLong());
    assertThat(believed()).containsExactly("other");
  }

  @Test
  void theSameIdMayMoveAndTwoMaySwap() {
    belief.hear(news(at("a", 1), at("b", 2)), clock.getAsLong());
    belief.hear(news(at("a", 2), at("b", 1)), clock.getAsLong());
    assertThat(belief.believed().instances()).containsExactly(at("a", 2), at("b", 1));
    assertThat(belief.doubted()).isEmpty();
  }

  @Test
  void noAddressIsEverThereTwice() {
    belief.hear(news(at("a", 1), at("b", 1)), clock.getAsLong());
    assertThat(believed()).containsExactly("a");
  }

  @Test
  void theSameIdOnAnotherNodeIsAnotherInstance() {
    ServiceInstance here = at("a", 1);
    ServiceInstance there =
        new ServiceInstance("s", "a", "node2", "", at("a", 2).address(), 1, List.of(), Map.of());
    belief.hear(news(here, there), clock.getAsLong());
    assertThat(belief.believed().instances()).containsExactly(here, there);
  }

  @Test
  void whatAFileRemembersMustAnswerFirst() {
    belief.remember(news(instance(1), instance(2)));
    assertThat(belief.believed()).isNull();
    found(1, Finding.REFUSES);
    found(2, Finding.ANSWERS);
    assertThat(believed()).containsExactly("i2");
    found(1, Finding.ANSWERS);
    assertThat(believed()).containsExactly("i1", "i2");
  }

  @Test
  void whatAFileRemembersHasNoEndWithoutNews() {
    belief.remember(news(instance(1)));
    found(1, Finding.ANSWERS);
    clock.pass(Duration.ofHours(1));
    belief.expire(clock.getAsLong());
    assertThat(believed()).containsExactly("i1");
  }

  @Test
  void newsReplacesWhatAFileRemembers() {
    belief.remember(news(instance(1), instance(2)));
    found(1, Finding.ANSWERS);
    assertThat(hear(1)).isFalse();
    assertThat(believed()).containsExactly("i1");
    assertThat(belief.doubted()).isEmpty();
  }

  @Test
  void anEmptyRegistryIsHeldAgainstTheFile() {
    belief.remember(news(instance(1), instance(2)));
    assertThat(hear()).isTrue();
    assertThat(believed()).isEmpty();
    found(1, Finding.ANSWERS);
    assertThat(believed()).containsExactly("i1");
    found(2, Finding.REFUSES);
    clock.pass(Duration.ofSeconds(60));
    belief.expire(clock.getAsLong());
    assertThat(believed()).isEmpty();
  }
}
