package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refusedAtTheEdge;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Http2Cases.draft;
import static dev.rendezvous.loadtests.conformance.cases.Http2Cases.get;
import static dev.rendezvous.loadtests.wire.Http2Frames.headers;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;

/** HTTP/2 requests that are malformed: in HTTP/1.1 they would be other requests. */
final class Http2MalformedCases {
  private static final String MALFORMED = "RFC 9113 8.1.1, 8.2.1, 8.3";

  private Http2MalformedCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        bad("h2-upper-case", "a name with capitals", "X-Bad", "1"),
        bad("h2-transfer-encoding", "Transfer-Encoding", "transfer-encoding", "chunked"),
        bad("h2-connection", "Connection", "connection", "close"),
        bad("h2-keep-alive", "Keep-Alive", "keep-alive", "timeout=5"),
        bad("h2-upgrade", "Upgrade", "upgrade", "websocket"),
        bad("h2-te", "TE other than trailers", "te", "gzip"),
        bad("h2-line-end", "a line end in a value", "x-bad", "a\r\nX-Smuggled: 1"),
        bad("h2-line-feed", "a line feed in a value", "x-bad", "a\nX-Smuggled: 1"),
        bad("h2-null", "a NUL in a value", "x-bad", "a\0b"),
        bad("h2-name-colon", "a colon in a name", "x:bad", "1"),
        bad("h2-name-space", "a space in a name", "x bad", "1"),
        bad("h2-name-line-end", "a line end in a name", "x-bad: 1\r\nx-smuggled", "1"),
        bad("h2-name-empty", "an empty name", "", "1"),
        bad("h2-pseudo-late", "a pseudo-header field after others", "x-a", "1", ":path", "/late"),
        bad("h2-pseudo-unknown", "an unknown pseudo-header field", ":bad", "1"),
        bad("h2-pseudo-status", "a pseudo-header field of answers", ":status", "200"),
        bad("h2-path-twice", "two paths", ":path", "/other"),
        lacking(
            "h2-no-path",
            "no path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "shop.test"),
        lacking(
            "h2-path-empty",
            "an empty path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            ""),
        lacking(
            "h2-no-method",
            "no method",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            "/case/h2-no-method"),
        lacking(
            "h2-path-line-end",
            "a line end in a path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            "/case/h2-path-line-end HTTP/1.1\r\nX-Smuggled: 1"),
        lacking(
            "h2-path-space",
            "a space in a path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            "/case/h2-path-space /a"),
        lacking(
            "h2-path-absolute",
            "a path without a slash",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            "http://evil.test/case/h2-path-absolute"),
        lacking(
            "h2-method-space",
            "a method that is no token",
            ":method",
            "GET /x HTTP/1.1\r\nX-Smuggled: 1",
            ":scheme",
            "http",
            ":authority",
            "shop.test",
            ":path",
            "/case/h2-method-space"),
        lacking(
            "h2-authority-user",
            "a user in the authority",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "user@shop.test",
            ":path",
            "/case/h2-authority-user"),
        named("h2-host-other", "a Host that says otherwise is refused, or replaced")
            .source("RFC 9113 8.3.1")
            .http2()
            .sends(get("h2-host-other", "host", "evil.test"))
            .expects(
                oneOf(refusedAtTheEdge(), all(status(200), Upstream.field("host", "shop.test")))),
        named("h2-connect", "CONNECT is refused")
            .source("RFC 9113 8.5")
            .http2()
            .sends(
                headers(
                    1,
                    true,
                    ":method",
                    "CONNECT",
                    ":authority",
                    "shop.test:443",
                    "case",
                    "h2-connect"))
            .expects(refusedAtTheEdge()));
  }

  private static ConformanceCase bad(String id, String what, String... more) {
    return draft(id, what + " is malformed", MALFORMED)
        .sends(get(id, more))
        .expects(refusedAtTheEdge());
  }

  private static ConformanceCase lacking(String id, String what, String... all) {
    return draft(id, what + " is malformed", MALFORMED)
        .sends(headers(1, true, all))
        .expects(refusedAtTheEdge());
  }
}
