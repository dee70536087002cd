package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.loadtests.proxy.Address;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SmallBackendTest {

  private static final Duration SHORT = Duration.ofMillis(60);

  @ParameterizedTest
  @EnumSource(Payload.class)
  void servesEachPayloadAndTakesEachBody(Payload payload) throws IOException {
    assertThat(payload.json(3)).hasSize(payload.bytes());
    try (SmallBackend backend = SmallBackend.start(3)) {
      OwnLoader loader = new OwnLoader(3);
      for (String method : new String[] {"GET", "POST"}) {
        Cell cell = new Cell(method, payload, 2, SHORT);
        assertThat(loader.measure(backend.address(), cell, SHORT).requests()).isPositive();
      }
    }
  }

  @Test
  void anAnswerThatIsNot200EndsTheMeasurement() throws IOException {
    Address nobody;
    try (SmallBackend backend = SmallBackend.start(3)) {
      nobody = backend.address();
    }
    Cell cell = new Cell("GET", Payload.SMALL, 1, SHORT);
    assertThatThrownBy(() -> new OwnLoader(3).measure(nobody, cell, SHORT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("errors");
  }
}
