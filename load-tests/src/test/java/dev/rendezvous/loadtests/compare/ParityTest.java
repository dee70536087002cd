package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParityTest {

  @Test
  void idsAndTimesMayDifferAndNothingElse() {
    String body =
        "{\"id\":7,\"user_id\":3,\"item\":\"Book\",\"created_at\":\"2026-11-22T21:16:01Z\"}";
    assertThat(Parity.withoutIdsAndTimes(body))
        .isEqualTo("{\"id\":0,\"user_id\":0,\"item\":\"Book\",\"created_at\":\"\"}");
  }
}
