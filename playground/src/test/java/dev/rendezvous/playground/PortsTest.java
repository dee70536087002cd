package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void areTheDocumentedOnesByDefault() {
    assertThat(new Ports(0).all(3))
        .containsEntry("gateway", 8080)
        .containsEntry("gateway (management)", 9080)
        .containsEntry("user-1", 5001)
        .containsEntry("user-2", 5011)
        .containsEntry("user-3", 5021)
        .containsEntry("user-3 (management)", 9021)
        .containsEntry("order", 5002)
        .containsEntry("order (management)", 9002)
        .containsEntry("consul", 8500);
  }

  @Test
  void allMoveByTheBase() {
    Map<String, Integer> moved = new Ports(1_000).all(2);
    new Ports(0)
        .all(2)
        .forEach((name, port) -> assertThat(moved).containsEntry(name, port + 1_000));
  }

  @Test
  void neverMeetEachOther() {
    assertThat(new Ports(0).all(CommandLine.MAX_USERS).values()).doesNotHaveDuplicates();
  }

  @Test
  void oneInUseIsNamedWithWhatWantedIt() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> Ports.requireFree(Map.of("order", port), Duration.ZERO))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port " + port + " is in use; order wants it");
    }
  }

  @Test
  void aFreeBaseHasOnlyFreePorts() {
    Ports.requireFree(new Ports(Ports.freeBase(2)).all(2), Duration.ZERO);
  }
}
