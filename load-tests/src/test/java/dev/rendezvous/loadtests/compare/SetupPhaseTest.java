package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupPhaseTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http://127.0.0.1:…",
    "5011, …",
    "/data/one/snapshots/user-1.json, …/user-1.json",
    "user-1, user-1",
    "-http-port=8500, -http-port=…",
    "-data-dir=/data/one/consul, -data-dir=…/consul",
    "postgresql://***@127.0.0.1:5433/users, postgresql://***@127.0.0.1:…/users",
    "consul://127.0.0.1:8500?source=watch, consul://127.0.0.1:…?source=watch",
  })
  void portsAndFoldersAreNoDifference(String value, String general) {
    assertThat(SetupPhase.general(value)).isEqualTo(general);
  }
}
