package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.lines;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;

/** What a service is told of the client, and that no client can tell it itself. */
final class ForwardedCases {
  private static final String CONVENTION = "convention; RFC 7239 5.2, 8.1";
  private static final String TRUST = "nobody before the gateway is trusted unless it is told so";
  private static final String ALIAS = "some servers read _ as -, and take the alias for ours";

  private ForwardedCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        named("forwarded-for", "the last address in X-Forwarded-For is the client's")
            .source(CONVENTION)
            .sends(get("X-Forwarded-For: 6.6.6.6"))
            .expects(
                status(200),
                Upstream.request(
                    "X-Forwarded-For ends with 127.0.0.1",
                    got -> String.join(",", got.fields("x-forwarded-for")).endsWith("127.0.0.1"))),
        named("forwarded-proto", "X-Forwarded-Proto is the scheme, whatever the client says")
            .source(CONVENTION)
            .sends(get("X-Forwarded-Proto: https"))
            .expects(status(200), Upstream.field("x-forwarded-proto", "http")),
        named("forwarded-host", "X-Forwarded-Host is the Host, whatever the client says")
            .source(CONVENTION)
            .sends(get("X-Forwarded-Host: evil.test"))
            .expects(status(200), Upstream.field("x-forwarded-host", "shop.test")),
        named("forwarded-rfc", "Forwarded tells address, host and scheme")
            .ownChoice("RFC 7239 is optional")
            .sends(get())
            .expects(
                status(200),
                Upstream.fieldWith("forwarded", "for=127.0.0.1"),
                Upstream.fieldWith("forwarded", "host=\"shop.test\""),
                Upstream.fieldWith("forwarded", "proto=http")),
        named("forwarded-host-port", "the port stays")
            .ownChoice("as the client named it")
            .sends(lines("GET {path} HTTP/1.1", "Host: shop.test:81"))
            .expects(status(200), Upstream.field("x-forwarded-host", "shop.test:81")),
        dropped("spoofed-for", "X-Forwarded-For: 6.6.6.6", "6.6.6.6", TRUST),
        dropped(
            "spoofed-for-lines",
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7",
            "7.7.7.7",
            TRUST),
        dropped("spoofed-forwarded", "Forwarded: for=6.6.6.6;proto=https", "6.6.6.6", TRUST),
        dropped("spoofed-real-ip", "X-Real-IP: 6.6.6.6", "6.6.6.6", TRUST),
        dropped("spoofed-port", "X-Forwarded-Port: 6666", "6666", TRUST),
        dropped("spoofed-prefix", "X-Forwarded-Prefix: /evil", "/evil", TRUST),
        dropped("spoofed-server", "X-Forwarded-Server: evil.test", "evil.test", TRUST),
        dropped("spoofed-case", "x-FORWARDED-fOR: 6.6.6.6", "6.6.6.6", TRUST),
        dropped("alias-for", "X_Forwarded_For: 6.6.6.6", "6.6.6.6", ALIAS),
        dropped("alias-half", "X-Forwarded_For: 6.6.6.6", "6.6.6.6", ALIAS),
        dropped("alias-real-ip", "X_Real_IP: 6.6.6.6", "6.6.6.6", ALIAS),
        dropped("alias-proto", "X_Forwarded-Proto: evil", "evil", ALIAS),
        named("trace-continued", "a valid traceparent is continued")
            .ownChoice("W3C Trace Context 3.2; the gateway takes part in traces")
            .sends(get("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
            .expects(
                status(200),
                Upstream.fieldWith("traceparent", "00-0af7651916cd43dd8448eb211c80319c-")),
        named("trace-invalid", "an invalid traceparent is not passed on")
            .ownChoice("W3C Trace Context 3.2.2.3; the gateway takes part in traces")
            .sends(get("traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01"))
            .expects(
                status(200),
                Upstream.fieldWithout("traceparent", "00000000000000000000000000000000")),
        named("request-id", "each request gets an id")
            .ownChoice("log lines of gateway and service meet in it")
            .sends(get())
            .expects(
                status(200),
                Upstream.request("X-Request-Id", got -> got.field("x-request-id").isPresent())));
  }

  private static ConformanceCase dropped(String id, String field, String gone, String reason) {
    return named(id, "not believed: " + field.replace("\r\n", "; "))
        .ownChoice(reason)
        .sends(get(field))
        .expects(status(200), Upstream.never(gone));
  }
}
