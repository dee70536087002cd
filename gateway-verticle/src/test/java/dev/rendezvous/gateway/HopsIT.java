package dev.rendezvous.gateway;

import static dev.rendezvous.gateway.Peer.head;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A gateway is one on the way, and says so. */
class HopsIT {

  @Test
  void addsItselfToTheWayAndCountsDownWhatIsLeftOfIt() throws Exception {
    try (var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      gateway.send(head("GET /users HTTP/1.1", "Host: a", "Via: 1.0 other", "Max-Forwards: 5"));
      var sent = service.next();
      assertThat(sent.all("via")).containsExactly("1.0 other", "1.1 rendezvous");
      assertThat(sent.all("max-forwards")).containsExactly("5");

      gateway.send(head("OPTIONS /users HTTP/1.1", "Host: a", "Max-Forwards: 5"));
      assertThat(service.next().all("max-forwards")).containsExactly("4");

      var answer = gateway.send(head("OPTIONS /users HTTP/1.1", "Host: a", "Max-Forwards: 0"));
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.first("allow")).contains("GET");
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void aFieldWithoutANameIsRefused() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port())) {
      var answer = gateway.send(head("GET /users HTTP/1.1", "Host: a", ": x"));
      assertThat(answer.status()).isEqualTo(400);
      out.awaitCause("malformed");
      assertThat(service.waiting()).isZero();
    }
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysResetsItsStream() throws Exception {
    try (var out = new Output();
        var service = Upstream.saying("ok");
        var gateway = RunningGateway.to(service.port());
        var client = Http2Peer.connect(gateway.port())) {
      client
          .frame(
              Http2Peer.HEADERS,
              Http2Peer.END_HEADERS,
              1,
              Http2Peer.request("POST", "/users", "content-length", "5"))
          .frame(Http2Peer.DATA, Http2Peer.END_STREAM, 1, new byte[1]);
      var reset = client.next(Http2Peer.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(reset.error()).isEqualTo(1);
      out.awaitCause("bad_body");
    }
  }
}
