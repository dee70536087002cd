package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "localhost:8080", "shop.example", "127.0.0.1:1", "[::1]", "[::1]:80", "a:"})
  void knowsAHost(String text) {
    assertThat(Edge.isHost(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a b",
        "a/b",
        "u@a",
        "a:b",
        "a:123456",
        "[::1",
        "[]",
        "[g::1]",
        "a,b",
        "a\"b",
        "[::1]x",
        "a\u00e9",
        "a;b",
        "http://a",
      })
  void refusesWhatIsNone(String text) {
    assertThat(Edge.isHost(text)).isFalse();
  }
}
