package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRatesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Ten a second, three at once. */
  private final ClientRates rates = new ClientRates(SECOND / 10, 3);

  private int taken(String client, long now, int times) {
    var taken = 0;
    for (var i = 0; i < times; i++) {
      taken += rates.take(client, now) == 0 ? 1 : 0;
    }
    return taken;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MIN_VALUE, -1})
  void allowABurstAndThenTheRate(long start) {
    assertThat(taken("192.0.2.1", start, 10)).isEqualTo(3);
    assertThat(rates.take("192.0.2.1", start)).isEqualTo(SECOND / 10);
    assertThat(taken("192.0.2.1", start + SECOND / 10, 10)).isEqualTo(1);
    assertThat(taken("192.0.2.1", start + SECOND * 100, 10)).isEqualTo(3);
  }

  @Test
  void keepClientsApart() {
    assertThat(taken("192.0.2.1", 0, 10)).isEqualTo(3);
    assertThat(taken("192.0.2.2", 0, 10)).isEqualTo(3);
    assertThat(taken("2001:db8::1", 0, 10)).isEqualTo(3);
    assertThat(taken("2001:db8:0:1::1", 0, 10)).isEqualTo(3);
  }

  @Test
  void takeTheAddressesThatOneClientHasForOne() {
    assertThat(taken("2001:db8::1", 0, 10)).isEqualTo(3);
    assertThat(taken("2001:db8:0:0:ffff:1:2:3", 0, 10)).isZero();
    assertThat(taken("unknown", 0, 10)).isEqualTo(3);
    assertThat(taken("_hidden", 0, 10)).isZero();
  }

  @Test
  void rememberNoMoreThanSoManyAndForgetNobodyWhoCameTooOften() {
    assertThat(taken("192.0.2.1", 0, 10)).isEqualTo(3);
    for (var i = 0; i < ClientRates.MOST * 2; i++) {
      rates.take("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255), 0);
    }
    // One more, for all that had to share it.
    assertThat(rates.clients()).isEqualTo(ClientRates.MOST + 1);
    assertThat(taken("10.200.0.1", 0, 10)).isZero();
    assertThat(taken("192.0.2.1", 0, 10)).isZero();
    // A second later all their buckets are full again, so that they make room.
    assertThat(taken("10.200.0.1", SECOND, 10)).isEqualTo(3);
    assertThat(rates.clients()).isLessThan(10);
  }
}
