package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedNetworksTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.1.2.3, 10.1.2.3, true",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fd12:3456::1, true",
    "fd00::/8, fe80::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1, 127.0.0.1, false",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/8, '', false",
  })
  void coverWhatHasTheirPrefix(String network, String address, boolean covered) {
    assertThat(TrustedNetworks.of(List.of("198.51.100.0/24", network)).contains(address))
        .isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/x",
        "10.0.0.1/8",
        "::/129",
        "fd00::1/8",
        "10.0.0",
        "localhost",
        "fe80::1%eth0",
        "/8"
      })
  void areRefusedWhereTheyAreNone(String network) {
    assertThatThrownBy(() -> TrustedNetworks.of(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void areNobodyUnlessSaid() {
    assertThat(TrustedNetworks.NONE.contains("127.0.0.1")).isFalse();
    assertThat(TrustedNetworks.NONE.isEmpty()).isTrue();
  }
}
