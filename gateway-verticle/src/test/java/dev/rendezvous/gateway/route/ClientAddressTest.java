package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final TrustedNetworks PROXIES =
      TrustedNetworks.of(List.of("10.0.0.0/8", "fd00::/8"));

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.1, 192.0.2.1",
    "10.0.0.1, 198.51.100.1, 198.51.100.1",
    "10.0.0.1, '203.0.113.9, 198.51.100.1', 198.51.100.1",
    "10.0.0.1, '203.0.113.9, 198.51.100.1,10.0.0.2', 198.51.100.1",
    "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
    "10.0.0.1, '198.51.100.1:4711', 198.51.100.1",
    "fd00::1, '[2001:db8::1]:4711', 2001:db8::1",
    "fd00::1, 2001:db8::1, 2001:db8::1",
    "10.0.0.1, '', 10.0.0.1",
    "10.0.0.1, '198.51.100.1, unknown', 10.0.0.1",
  })
  void isTheNearestThatIsNoTrustedProxy(String peer, String forwardedFor, String client) {
    assertThat(ClientAddress.of(peer, List.of(forwardedFor), PROXIES)).isEqualTo(client);
    assertThat(ClientAddress.of(peer, List.of(), PROXIES)).isEqualTo(peer);
    assertThat(ClientAddress.of(peer, List.of(forwardedFor), TrustedNetworks.NONE)).isEqualTo(peer);
  }
}
