package dev.rendezvous.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockingIndexTest {

  private final BlockingIndex index = new BlockingIndex();

  @Test
  void beginsWithoutWaiting() {
    assertThat(index.value()).isZero();
  }

  @Test
  void followsTheServer() {
    assertThat(index.advance(7)).isTrue();
    assertThat(index.advance(7)).isTrue();
    assertThat(index.advance(12)).isTrue();
    assertThat(index.value()).isEqualTo(12);
  }

  @Test
  void startsOverWhenItGoesBackwardsAndThenTakesWhatItGets() {
    index.advance(1000);
    assertThat(index.advance(12)).isFalse();
    assertThat(index.value()).isZero();
    assertThat(index.advance(12)).isTrue();
    assertThat(index.value()).isEqualTo(12);
  }

  @Test
  void neverAsksWithLessThanOneAfterAnAnswer() {
    index.advance(0);
    assertThat(index.value()).isEqualTo(1);
  }

  @Test
  void startsOverAfterAnError() {
    index.advance(5);
    index.reset();
    assertThat(index.value()).isZero();
  }
}
