package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "keep-alive",
        "PROXY-CONNECTION",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
      })
  void endsHopByHopFieldsHere(String name) {
    assertThat(FieldNames.isHopByHop(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "expect",
        "Content-Length",
        "Trailer",
        "Forwarded",
        "X-Real-IP",
        "X-Forwarded-For",
        "X-FORWARDED-PROTO",
        "x_forwarded_for",
        "X-Forwarded_Host",
        "X-Forwarded-Server",
        "X-Forwarded-Prefix",
        "Rendezvous-Service",
        "Rendezvous_Service",
        "traceparent",
        "X-Request-Id",
      })
  void takesNoClientsWordForWhatIsOurs(String name) {
    assertThat(FieldNames.isOurs(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Authorization",
        "Content-Type",
        "Cookie",
        "ETag",
        "Idempotency-Key",
        "If-Match",
        "Link",
        "Location",
        "Retry-After",
        "tracestate",
        "X-Forward",
        "X-Forwarded",
        "Via",
      })
  void passesEverythingElse(String name) {
    assertThat(FieldNames.isHopByHop(name)).isFalse();
    assertThat(FieldNames.isOurs(name)).isFalse();
  }

  @Test
  void findsWhatConnectionNames() {
    var headers = MultiMap.caseInsensitiveMultiMap();
    assertThat(FieldNames.nominated(headers)).isEmpty();
    headers.add("Connection", "keep-alive");
    assertThat(FieldNames.nominated(headers)).isEmpty();
    headers.add("Connection", "close, X-A ,,X-B");
    var nominated = FieldNames.nominated(headers);
    assertThat(nominated).containsExactly("close", "X-A", "X-B");
    assertThat(FieldNames.isIn(nominated, "x-a")).isTrue();
    assertThat(FieldNames.isIn(nominated, "x-c")).isFalse();
  }
}
