package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose word on where a request comes from reaches a service. */
class ForwardedIT {
  private static final String REQUEST =
      head(
          "GET /users HTTP/1.1",
          "Host: shop.example",
          "Forwarded: for=192.0.2.1;proto=https",
          "Forwarded: for=\"[2001:db8::1]\"",
          "X-Forwarded-For: 192.0.2.1",
          "X-Forwarded-For: 2001:db8::1",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Host: www.example",
          "X_Forwarded_For: 6.6.6.6",
          "X-Real-IP: 6.6.6.6",
          "X-Forwarded-Port: 666");

  @Test
  void aTrustedProxyIsContinued() throws Exception {
    var trusted = "server: {trusted: [127.0.0.0/8]}\n";
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(trusted, Limits.DEFAULTS, service.port())) {
      assertThat(gateway.send(REQUEST).status()).isEqualTo(200);
      var sent = service.next();
      assertThat(sent.all("forwarded"))
          .containsExactly(
              "for=192.0.2.1;proto=https, for=\"[2001:db8::1]\", "
                  + "for=127.0.0.1;host=\"shop.example\";proto=http");
      assertThat(sent.all("x-forwarded-for")).containsExactly("192.0.2.1, 2001:db8::1, 127.0.0.1");
      assertThat(sent.all("x-forwarded-proto")).containsExactly("https");
      assertThat(sent.all("x-forwarded-host")).containsExactly("www.example");
      assertThat(String.join("\n", sent.fields())).doesNotContain("6.6.6.6", "666");

      assertThat(gateway.get("/users").status()).isEqualTo(200);
      var first = service.next();
      assertThat(first.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(first.all("x-forwarded-proto")).containsExactly("http");
      assertThat(first.all("x-forwarded-host")).containsExactly("test");
    }
  }

  @Test
  void anybodyElseIsNotHeard() throws Exception {
    var others = "server: {trusted: [10.0.0.0/8, \"::1\"]}\n";
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.serving(others, Limits.DEFAULTS, service.port())) {
      assertThat(gateway.send(REQUEST).status()).isEqualTo(200);
      var sent = service.next();
      assertThat(sent.all("forwarded"))
          .containsExactly("for=127.0.0.1;host=\"shop.example\";proto=http");
      assertThat(sent.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(sent.all("x-forwarded-proto")).containsExactly("http");
      assertThat(sent.all("x-forwarded-host")).containsExactly("shop.example");
    }
  }
}
