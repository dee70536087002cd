package dev.rendezvous.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesItsLimitToTwoSeconds() {
    Backoff longest = new Backoff(limit -> limit - 1);
    assertThat(LongStream.generate(longest::next).limit(6))
        .containsExactly(250L, 500L, 1_000L, 2_000L, 2_000L, 2_000L);
    longest.reset();
    assertThat(longest.next()).isEqualTo(250);
  }

  @Test
  void spreadsOverTheWholeRange() {
    assertThat(new Backoff(limit -> 0).next()).isEqualTo(1);
  }

  @Test
  void survivesALongOutage() {
    Backoff backoff = new Backoff(limit -> limit - 1);
    assertThat(LongStream.generate(backoff::next).limit(10_000)).allMatch(delay -> delay <= 2_000);
  }
}
