package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkLoaderTest {

  private static final String OUTPUT =
      """
      Running 1s test @ http://127.0.0.1:8080/64
        1 threads and 16 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency   425.98us  620.50us  11.57ms   94.66%
          Req/Sec    46.20k     4.36k   52.08k    81.82%
        Latency Distribution
           50%  292.00us
           75%  361.00us
           90%  552.00us
           99%    3.45ms
        50561 requests in 1.10s, 10.22MB read
      """;

  @Test
  void readsWhatWrkPrints() throws IOException {
    Sample sample = WrkLoader.parse(OUTPUT + "Requests/sec:  45968.06\n");
    assertThat(sample.requests()).isEqualTo(50_561);
    assertThat(sample.seconds()).isCloseTo(1.1, within(1e-9));
    assertThat(sample.p50()).isEqualTo(292);
    assertThat(sample.p99()).isEqualTo(3450);
    assertThat(sample.cpuMicros()).isNaN();
    Sample withCpu = sample.withCpu(0.55);
    assertThat(withCpu.busy()).isCloseTo(0.5, within(1e-9));
    assertThat(withCpu.cpuMicros()).isCloseTo(0.55e6 / 50_561, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  Non-2xx or 3xx responses: 12\n",
        "  Socket errors: connect 0, read 3, write 0, timeout 0\n",
      })
  void anythingUnexpectedIsAFailure(String line) {
    assertThatThrownBy(() -> WrkLoader.parse(OUTPUT + line))
        .isInstanceOf(IOException.class)
        .hasMessage(line.strip());
  }

  @Test
  void noRequestAtAllIsAFailure() {
    assertThatThrownBy(() -> WrkLoader.parse("unable to connect to 127.0.0.1:1 Connection refused"))
        .hasMessageContaining("unable to connect");
    assertThatThrownBy(() -> WrkLoader.parse("  0 requests in 1.10s, 0.00B read"))
        .isInstanceOf(IOException.class);
  }
}
