package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.nothingUpstream;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refused;
import static dev.rendezvous.loadtests.conformance.Expectation.refusedAtTheEdge;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.lines;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The head of a request: its line, its fields, its size and its time. */
final class HeadCases {
  private static final Duration LONGER_THAN_A_HEAD_MAY_TAKE = Duration.ofSeconds(14);

  private HeadCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(line(), fields(), sizes(), time()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> line() {
    return List.of(
        named("plain-get", "a plain GET gets its answer")
            .source("RFC 9110 9.3.1")
            .sends(get())
            .expects(status(200), Expectation.body("ok"), Upstream.targetEnds("/plain-get")),
        named("empty-line-before", "an empty line before a request is ignored")
            .source("RFC 9112 2.2")
            .sends("\r\n" + get())
            .expects(status(200)),
        named("version-0-9", "HTTP/0.9 is not spoken")
            .ownChoice("RFC 9112 2.3 has no use for it any more, and allows it")
            .sends("GET {path}\r\n\r\n")
            .expects(refusedAtTheEdge(), closed()),
        named("version-2-in-line", "HTTP/2.0 in a request line is refused")
            .source("RFC 9112 2.3")
            .sends(lines("GET {path} HTTP/2.0", "Host: shop.test"))
            .expects(refusedAtTheEdge()),
        named("version-lower-case", "the name of the protocol knows case")
            .source("RFC 9112 2.3")
            .sends(lines("GET {path} http/1.1", "Host: shop.test"))
            .expects(refusedAtTheEdge(), closed()),
        named("version-three-digits", "a version has two digits")
            .source("RFC 9112 2.3")
            .sends(lines("GET {path} HTTP/1.10", "Host: shop.test"))
            .expects(refusedAtTheEdge()),
        named("version-1-9", "a higher minor version is answered as 1.1, or refused")
            .source("RFC 9110 2.5")
            .sends(lines("GET {path} HTTP/1.9", "Host: shop.test", "Connection: close"))
            .expects(oneOf(refusedAtTheEdge(), all(status(200), versionUpstream()))),
        named("line-space-in-target", "white space in a target is not passed on")
            .source("RFC 9112 3")
            .sends(lines("GET {path}/a b HTTP/1.1", "Host: shop.test"))
            .expects(oneOf(refusedAtTheEdge(), versionUpstream())),
        named("line-leading-space", "a request line that begins with a space is refused")
            .source("RFC 9112 3")
            .sends(" " + get())
            .expects(oneOf(refusedAtTheEdge(), all(status(200), versionUpstream()))),
        named("method-unknown", "an unknown method is passed on, or refused as one")
            .source("RFC 9110 9.1")
            .sends(Texts.request("BREW"))
            .expects(
                oneOf(
                    status(405, 501),
                    Upstream.request("BREW", got -> got.line().startsWith("BREW ")))),
        named("method-lower-case", "methods know case")
            .source("RFC 9110 9.1")
            .sends(Texts.request("get"))
            .expects(
                oneOf(
                    refusedAtTheEdge(),
                    Upstream.request("get", got -> got.line().startsWith("get ")))),
        named("method-invalid", "a method that is no token is refused")
            .source("RFC 9110 5.6.2, 9.1")
            .sends(Texts.request("GE(T"))
            .expects(refusedAtTheEdge()));
  }

  private static List<ConformanceCase> fields() {
    return List.of(
        name("name-space-inside", "a name with a space", "X Bad: 1"),
        name("name-space-before-colon", "white space before the colon", "X-Bad : 1"),
        name("name-tab", "a name with a tab", "X-Bad\t: 1"),
        name("name-empty", "an empty name", ": x-bad"),
        name("name-slash", "a name that is no token", "X/Bad: 1"),
        name("name-bracket", "a name with a bracket", "X(Bad): 1"),
        name("name-null", "a name with a NUL", "X\0Bad: 1"),
        name("name-latin", "a name with a byte over 127", "X-B\u00e4d: 1"),
        name("no-colon", "a line without a colon", "X-Bad"),
        value("value-null", "a NUL in a value", "X-Value: a\0b", '\0'),
        value("value-bare-cr", "a bare carriage return in a value", "X-Value: a\rb", '\r'),
        value(
            "value-cr-field",
            "a field behind a bare carriage return",
            "X-Value: a\rX-Bad: b",
            '\r'),
        named("value-latin", "bytes over 127 in a value arrive as they are")
            .source("RFC 9110 5.5")
            .sends(get("X-Value: caf\u00e9"))
            .expects(status(200), Upstream.field("x-value", "caf\u00e9")),
        named("value-empty", "an empty value is one")
            .source("RFC 9110 5.5")
            .sends(get("X-Value:"))
            .expects(status(200), Upstream.field("x-value", "")),
        named("value-white-space", "white space around a value is none of it")
            .source("RFC 9112 5.1")
            .sends(get("X-Value:   a  b  "))
            .expects(status(200), Upstream.field("x-value", "a  b")),
        named("value-twice", "fields with one name keep their order")
            .source("RFC 9110 5.3")
            .sends(get("X-Value: 1", "X-Value: 2"))
            .expects(
                status(200),
                Upstream.request(
                    "1, then 2", got -> String.join(", ", got.fields("x-value")).equals("1, 2"))),
        named("folded", "a folded field is refused, or read as one line")
            .source("RFC 9112 5.2")
            .sends(get("X-Value: a", "\tb"))
            .expects(oneOf(refusedAtTheEdge(), all(status(200), noFold()))),
        named("first-line-folded", "white space before the first field is refused, or dropped")
            .source("RFC 9112 2.2")
            .sends(lines("GET {path} HTTP/1.1", " X-Bad: 1", "Host: shop.test"))
            .expects(oneOf(refusedAtTheEdge(), all(Upstream.noField("x-bad"), noFold()))),
        named("bare-lf", "bare line feeds are read as line ends, or refused")
            .source("RFC 9112 2.2")
            .sends("GET {path} HTTP/1.1\nHost: shop.test\n\n")
            .expects(
                oneOf(refusedAtTheEdge(), all(status(200), Upstream.field("host", "shop.test")))));
  }

  private static List<ConformanceCase> sizes() {
    return List.of(
        named("line-long", "a target that is too long is refused")
            .source("RFC 9112 3, RFC 9110 15.5.15")
            .sends(get().replace("{path}", "{path}?" + "x".repeat(40_000)))
            .expects(refused(), nothingUpstream()),
        named("line-long-414", "a target over 8 KiB gets a 414")
            .ownChoice("the field is split between 400, 414 and 431")
            .sends(get().replace("{path}", "{path}?" + "x".repeat(9_000)))
            .expects(status(414), nothingUpstream()),
        named("line-8000", "a target of 8,000 bytes passes")
            .source("RFC 9112 3")
            .sends(get().replace("{path}", "{path}?" + "x".repeat(7_900)))
            .expects(status(200)),
        named("field-long", "a field that is too long is refused")
            .source("RFC 9110 5.4")
            .sends(get("X-Value: " + "x".repeat(100_000)))
            .expects(refused(), nothingUpstream()),
        named("field-long-431", "fields over 16 KiB get a 431")
            .ownChoice("RFC 6585 section 5 offers it; many answer 400")
            .sends(get("X-Value: " + "x".repeat(20_000)))
            .expects(status(431), nothingUpstream()),
        named("fields-7-kib", "fields of 7 KiB pass")
            .source("RFC 9110 5.4")
            .sends(get("X-Value: " + "x".repeat(7_000)))
            .expects(status(200)),
        named("fields-many-431", "more than 100 fields get a 431")
            .ownChoice("each costs the service more than its bytes")
            .sends(get("X-Value: 1\r\n".repeat(150) + "X-Last: 1"))
            .expects(status(431), nothingUpstream()),
        named("fields-90", "90 fields pass")
            .source("RFC 9110 5.4")
            .sends(get("X-Value: 1\r\n".repeat(88) + "X-Last: 1"))
            .expects(status(200)));
  }

  private static List<ConformanceCase> time() {
    return List.of(
        named("slow-head", "a head that trickles in is not waited for without end")
            .ownChoice("10 s, counted from the first byte: an idle timer alone never strikes")
            .then(Step.trickle(get("X-Slow: " + "x".repeat(90)), Duration.ofMillis(150)))
            .patience(LONGER_THAN_A_HEAD_MAY_TAKE)
            .expects(closed(), nothingUpstream()),
        named("slow-head-408", "the client is told why")
            .ownChoice("RFC 9110 15.5.9 lets a server close without a word")
            .then(Step.send("GET {path} HTTP/1.1\r\nHost:"))
            .patience(LONGER_THAN_A_HEAD_MAY_TAKE)
            .expects(status(408), closed(), nothingUpstream()));
  }

  private static ConformanceCase name(String id, String what, String field) {
    return named(id, what + " is refused, or the line dropped")
        .source("RFC 9112 5.1, RFC 9110 5.6.2")
        .sends(get(field))
        .expects(oneOf(refusedAtTheEdge(), all(status(200), noBad())));
  }

  private static ConformanceCase value(String id, String what, String field, char bad) {
    return named(id, what + " is refused, or replaced")
        .source("RFC 9110 5.5, RFC 9112 2.2")
        .sends(get(field))
        .expects(
            oneOf(
                refusedAtTheEdge(),
                Upstream.request(
                    "without it", got -> got.head().replace("\r\n", "\n").indexOf(bad) < 0)));
  }

  private static Expectation noBad() {
    return Upstream.request(
        "without the line", got -> !got.head().matches("(?is).*(bad|b\u00e4d).*"));
  }

  private static Expectation noFold() {
    return Upstream.request("not folded", got -> !got.head().matches("(?s).*\r\n[ \t].*"));
  }

  private static Expectation versionUpstream() {
    return Upstream.request("a clean line", got -> got.line().matches("[A-Z]+ \\S+ HTTP/1\\.[01]"));
  }
}
