package dev.rendezvous.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.transport.Transport;
import org.junit.jupiter.api.Test;

class TransportsTest {
  private static final Transport FAST = transport("fast", true);
  private static final Transport SLOW = transport("slow", true);
  private static final Transport FORBIDDEN = transport("forbidden", false);

  @Test
  void theBestThatWorksIsTaken() {
    assertThat(Transports.choose(null, null, FORBIDDEN, FAST, SLOW)).isSameAs(FAST);
  }

  @Test
  void theOneThatIsNamedIsTaken() {
    assertThat(Transports.choose("slow", FAST, SLOW)).isSameAs(SLOW);
  }

  @Test
  void whatIsNotToBeHadIsPassedOver() {
    assertThat(Transports.choose("forbidden", FORBIDDEN, FAST, SLOW)).isSameAs(FAST);
    assertThat(Transports.choose("unheard-of", FAST, SLOW)).isSameAs(FAST);
  }

  private static Transport transport(String name, boolean available) {
    return new Transport() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean available() {
        return available;
      }

      @Override
      public Throwable unavailabilityCause() {
        return new UnsupportedOperationException(name);
      }

      @Override
      public io.vertx.core.spi.transport.Transport implementation() {
        throw new AssertionError(name);
      }
    };
  }
}
