package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final WarmUp warmUp = new WarmUp(Duration.ofSeconds(60));

  @Test
  void endsWhenThreeSlicesInARowAreNoCheaper() throws IOException {
    assertThat(slices(warmUp, 90, 50, 40, 39, 41, 40)).isEqualTo(6);
  }

  @Test
  void beginsToCountAnewWhenItGetsCheaperAfterAll() throws IOException {
    assertThat(slices(warmUp, 90, 50, 50, 50, 30, 30, 30, 30)).isEqualTo(8);
  }

  @Test
  void endsAtItsLimitThoughItStillGetsCheaper() throws IOException {
    assertThat(slices(new WarmUp(Duration.ofSeconds(7)), 90, 50, 30)).isEqualTo(2);
  }

  private static int slices(WarmUp warmUp, double... costs) throws IOException {
    Iterator<Double> next = Arrays.stream(costs).boxed().toList().iterator();
    return warmUp.run(length -> next.next());
  }
}
