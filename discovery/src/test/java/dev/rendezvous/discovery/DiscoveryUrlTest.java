package dev.rendezvous.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.discovery.registry.HostPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryUrlTest {

  @Test
  void readsEveryForm() {
    assertThat(DiscoveryUrl.parse("http://gateway:8080/"))
        .isEqualTo(new DiscoveryUrl.Gateway(new HostPort("gateway", 8080)));
    assertThat(DiscoveryUrl.parse("http://gateway"))
        .isEqualTo(new DiscoveryUrl.Gateway(new HostPort("gateway", 80)));
    assertThat(DiscoveryUrl.parse("static:a=h:1,[::1]:2;b=h:3"))
        .isEqualTo(
            new DiscoveryUrl.FixedList(
                Map.of(
                    "a",
                    List.of(new HostPort("h", 1), new HostPort("::1", 2)),
                    "b",
                    List.of(new HostPort("h", 3)))));
    assertThat(DiscoveryUrl.parse("consul://c:8500"))
        .isEqualTo(new DiscoveryUrl.Consul(new HostPort("c", 8500), false, false, ""));
    assertThat(DiscoveryUrl.parse("consul+tls://c?dc=east"))
        .isEqualTo(new DiscoveryUrl.Consul(new HostPort("c", 8501), true, false, "east"));
    assertThat(DiscoveryUrl.parse("consul://c?source=bridge"))
        .isEqualTo(new DiscoveryUrl.Consul(new HostPort("c", 8500), false, true, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway:8080",
        "static:a=h:1,[::1]:2;b=h:3",
        "consul://c:8500?source=watch",
        "consul+tls://c:8501?source=watch&dc=east",
        "consul://c:8500?source=bridge"
      })
  void writesWhatItReads(String text) {
    assertThat(DiscoveryUrl.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gateway:8080",
        "https://gateway",
        "http://",
        "http://gateway:0",
        "http://gateway:65536",
        "http://gateway:8x",
        "http://gateway:8080/users",
        "http://user:password@gateway:80",
        "http://[::1",
        "static:",
        "static:a",
        "static:a=",
        "static:a=h",
        "static:a=h:1,",
        "static:a=h:1;",
        "static:a=h:1;a=h:2",
        "static:=h:1",
        "consul://",
        "consul://c?source=poll",
        "consul://c?dc=",
        "consul://c?",
        "consul+tls://c?source=bridge",
        "etcd://c"
      })
  void refusesInOneLineThatSaysWhatIsAccepted(String text) {
    assertThatThrownBy(() -> DiscoveryUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("; accepted: http://host:port")
        .hasMessageNotContaining("\n");
  }

  @Test
  void everyRegistryHasASnapshotOfItsOwn() {
    assertThat(DiscoveryOptions.defaultSnapshot("order", DiscoveryUrl.parse("consul://c:8500")))
        .isNotEqualTo(DiscoveryOptions.defaultSnapshot("order", DiscoveryUrl.parse("consul://d")))
        .isNotEqualTo(DiscoveryOptions.defaultSnapshot("user", DiscoveryUrl.parse("consul://c")));
  }

  @Test
  void theTokenIsNeverShown() {
    assertThat(DiscoveryOptions.defaults().withToken("secret").toString()).doesNotContain("secret");
  }
}
