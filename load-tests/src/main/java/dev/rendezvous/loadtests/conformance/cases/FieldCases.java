package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.field;
import static dev.rendezvous.loadtests.conformance.Expectation.noField;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refused;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.post;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Observation;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Fields that mean one connection only end here, both ways. */
final class FieldCases {
  private static final String SOURCE = "RFC 9110 7.6.1";

  private FieldCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(ofRequests(), nominated(), ofAnswers()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> ofRequests() {
    return List.of(
        ends("hop-keep-alive", "Keep-Alive", "Keep-Alive: timeout=5", "Connection: keep-alive"),
        ends("hop-proxy-connection", "Proxy-Connection", "Proxy-Connection: keep-alive"),
        ends("hop-te", "TE", "TE: gzip", "Connection: TE"),
        ends("hop-te-alone", "TE", "TE: trailers, deflate;q=0.5"),
        ends("hop-upgrade", "Upgrade", "Upgrade: chat/1", "Connection: upgrade"),
        ends(
            "hop-http2-settings",
            "HTTP2-Settings",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: HTTP2-Settings"),
        named("hop-connection", "the client's Connection ends here")
            .source(SOURCE)
            .sends(get("Connection: X-Value"))
            .expects(status(200), Upstream.fieldWithout("connection", "X-Value")),
        named("hop-proxy-authorization", "credentials for a proxy are not shown to a service")
            .ownChoice("RFC 9110 11.7.2 lets the first proxy that wants them consume them")
            .sends(get("Proxy-Authorization: Basic dTpw"))
            .expects(status(200), Upstream.noField("proxy-authorization")),
        named("via", "a gateway adds Via to what it sends inward")
            .source("RFC 9110 7.6.3")
            .sends(get())
            .expects(status(200), Upstream.fieldWith("via", "1.1 ")),
        named("via-kept", "Via of those before stays")
            .source("RFC 9110 7.6.3")
            .sends(get("Via: 1.0 fred"))
            .expects(
                status(200),
                Upstream.request(
                    "Via begins with fred's",
                    got -> got.field("via").orElse("").startsWith("1.0 fred"))));
  }

  private static List<ConformanceCase> nominated() {
    return List.of(
        nominated("nominated", "Connection: X-Hop", "X-Hop: 1"),
        nominated("nominated-close", "Connection: close, X-Hop", "X-Hop: 1"),
        nominated("nominated-case", "Connection: x-hOP", "X-Hop: 1"),
        nominated("nominated-later", "X-Hop: 1", "X-Kept: 1", "Connection: X-Hop"),
        nominated("nominated-spaces", "Connection: ,, \t X-Hop ,", "X-Hop: 1"),
        nominated("nominated-two-lines", "Connection: keep-alive", "Connection: X-Hop", "X-Hop: 1"),
        nominated("nominated-twice", "Connection: X-Hop", "X-Hop: 1", "X-Hop: 2"),
        named("nominated-host", "naming Host does not take it away")
            .source(SOURCE)
            .sends(get("Connection: close, Host"))
            .expects(oneOf(refused(), Upstream.field("host", "shop.test"))),
        named("nominated-length", "naming Content-Length does not change where the body ends")
            .source(SOURCE)
            .sends(post("hello", "Content-Length: 5", "Connection: Content-Length"))
            .expects(oneOf(refused(), Upstream.body("hello"))),
        named("nominated-forwarded", "naming X-Forwarded-For does not take away the gateway's own")
            .source("RFC 9110 7.6.1, CWE-348")
            .sends(
                get(
                    "X-Forwarded-For: 6.6.6.6",
                    "Connection: close, X-Forwarded-For, X-Forwarded-Proto, Forwarded"))
            .expects(
                status(200),
                Upstream.fieldWith("x-forwarded-for", "127.0.0.1"),
                Upstream.field("x-forwarded-proto", "http")),
        named("nominated-cookie", "a client that names Cookie gets what it asks for, or keeps it")
            .source(SOURCE)
            .sends(get("Cookie: a=b", "Connection: close, Cookie"))
            .expects(status(200)));
  }

  private static List<ConformanceCase> ofAnswers() {
    return List.of(
        answered(
            "answer-nominated",
            "a field that the service's Connection names",
            "X-Hop",
            "X-Hop: 1",
            "Connection: X-Hop"),
        answered(
            "answer-nominated-case",
            "the same in another case",
            "X-Hop",
            "X-Hop: 1",
            "Connection: keep-alive, x-hop"),
        answered(
            "answer-keep-alive",
            "Keep-Alive",
            "Keep-Alive",
            "Keep-Alive: timeout=71",
            "Connection: keep-alive"),
        answered(
            "answer-proxy-connection",
            "Proxy-Connection",
            "Proxy-Connection",
            "Proxy-Connection: keep-alive"),
        answered("answer-upgrade", "Upgrade", "Upgrade", "Upgrade: h2c", "Connection: upgrade"),
        named("answer-proxy-authenticate", "a service cannot ask for credentials in a proxy's name")
            .ownChoice("RFC 9110 11.7.1 means the next client only")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "Proxy-Authenticate: Basic realm=\"x\""))
            .expects(status(200), noField("proxy-authenticate")),
        named("answer-close", "Connection: close of the service is not the client's")
            .source(SOURCE)
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "Connection: close"))
            .expects(
                status(200),
                oneOf(
                    closed(),
                    noField("connection"),
                    Expectation.field("connection", "keep-alive"))),
        named("answer-fields", "other fields pass as they are")
            .source("RFC 9110 6.3, 7.7")
            .sends(get())
            .upstreamAnswers(
                answer(
                    "200 OK",
                    "ok",
                    "X-Value:  a  b ",
                    "ETag: W/\"1\"",
                    "Content-Type: text/plain",
                    "WWW-Authenticate: Basic realm=\"a, b\""))
            .expects(
                status(200),
                body("ok"),
                field("x-value", "a  b"),
                field("etag", "W/\"1\""),
                field("content-type", "text/plain"),
                field("www-authenticate", "Basic realm=\"a, b\"")),
        named("answer-cookies", "cookies stay apart")
            .source("RFC 9110 5.3")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2"))
            .expects(
                new Expectation(
                    "two cookies",
                    seen ->
                        seen.answer()
                            .filter(
                                got ->
                                    got.fields("set-cookie").equals(List.of("a=1; Path=/", "b=2")))
                            .isPresent())),
        named("answer-latin", "bytes over 127 in a value pass")
            .source("RFC 9110 5.5")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "X-Value: caf\u00e9"))
            .expects(status(200), field("x-value", "caf\u00e9")),
        named(
                "answer-space-before-colon",
                "white space before a colon is removed, or the answer discarded")
            .source("RFC 9112 5.1")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "X-Value : 1"))
            .expects(oneOf(status(502), all(status(200), noRaw("X-Value :")))),
        named("answer-folded", "a folded field is read as one line, or the answer discarded")
            .source("RFC 9112 5.2")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "X-Value: a\r\n b"))
            .expects(oneOf(status(502), all(status(200), noRaw("\r\n b")))),
        named("answer-null", "a NUL in a value is replaced, or the answer discarded")
            .source("RFC 9110 5.5")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "ok", "X-Value: a\0b"))
            .expects(oneOf(status(502), all(status(200), noRaw("\0")))),
        cache("cache-quoted", "Cache-Control: max-age=\"60\""),
        cache("cache-empty", "Cache-Control: max-age="),
        cache("cache-overflow", "Cache-Control: max-age=99999999999"),
        cache("cache-words", "Cache-Control: ,,no-cache,, =5,x=\"y"),
        cache("cache-expires-0", "Expires: 0"),
        cache("cache-expires-minus", "Expires: -1"),
        cache("cache-age", "Age: -5"));
  }

  private static ConformanceCase ends(String id, String name, String... fields) {
    return named(id, name + " of the client ends here")
        .source(SOURCE)
        .sends(get(fields))
        .expects(
            status(200, 101),
            Upstream.request(
                "no " + name + " of the client's",
                got ->
                    !got.head()
                        .toLowerCase(Locale.ROOT)
                        .contains("\n" + fields[0].toLowerCase(Locale.ROOT))));
  }

  private static ConformanceCase nominated(String id, String... fields) {
    return named(id, "what Connection names ends here: " + String.join("; ", fields))
        .source(SOURCE)
        .sends(get(fields))
        .expects(status(200), Upstream.noField("x-hop"));
  }

  private static ConformanceCase answered(String id, String what, String gone, String... fields) {
    return named(id, what + " of an answer ends here")
        .source(SOURCE)
        .sends(get())
        .upstreamAnswers(answer("200 OK", "ok", fields))
        .expects(
            status(200),
            body("ok"),
            new Expectation(
                "no " + gone + " of the service's",
                seen -> !lowerCase(seen).contains(fields[0].toLowerCase(Locale.ROOT))));
  }

  /** What a proxy does not cache it need not understand. */
  private static ConformanceCase cache(String id, String field) {
    return named(id, "odd words for caches pass: " + field)
        .source("RFC 9111 4.2.1, 5.2, 5.3")
        .sends(get())
        .upstreamAnswers(answer("200 OK", "ok", "Cache-Control: public", field))
        .expects(status(200), body("ok"), raw(field));
  }

  private static Expectation raw(String text) {
    return new Expectation(
        "\"" + text + "\" passed", seen -> lowerCase(seen).contains(text.toLowerCase(Locale.ROOT)));
  }

  private static Expectation noRaw(String text) {
    return new Expectation(
        "cleaned", seen -> !lowerCase(seen).contains(text.toLowerCase(Locale.ROOT)));
  }

  /** Names of fields may come in another case than they were sent. */
  private static String lowerCase(Observation seen) {
    return seen.received().toLowerCase(Locale.ROOT);
  }
}
