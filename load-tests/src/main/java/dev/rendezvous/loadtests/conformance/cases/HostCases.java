package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refusedAtTheEdge;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.lines;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whom a request is for: Host, and the four forms of a target. */
final class HostCases {
  private static final String HOST = "RFC 9112 3.2, RFC 9110 7.2";

  private HostCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(hosts(), forms()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> hosts() {
    return List.of(
        refused("host-missing", "no Host in HTTP/1.1", "X-Value: 1"),
        refused("host-two", "two Hosts", "Host: shop.test", "Host: evil.test"),
        refused("host-twice", "the same Host twice", "Host: shop.test", "Host: shop.test"),
        refused("host-space", "a Host with a space", "Host: shop.test evil.test"),
        refused("host-slash", "a Host with a path", "Host: shop.test/evil"),
        refused("host-user", "a Host with a user", "Host: user@shop.test"),
        refused("host-list", "a list of Hosts", "Host: shop.test, evil.test"),
        refused("host-port-word", "a port that is no number", "Host: shop.test:http"),
        refused("host-bracket", "an IPv6 address that is not closed", "Host: [::1"),
        refused("host-null", "a Host with a NUL", "Host: shop\0.test"),
        refused("host-backslash", "a Host with a backslash", "Host: shop.test\\evil"),
        named("host-empty", "an empty Host is refused")
            .ownChoice("RFC 9110 4.2.1 calls such a URI invalid, RFC 9112 3.2 allows the field")
            .sends(lines("GET {path} HTTP/1.1", "Host:"))
            .expects(refusedAtTheEdge()),
        named("host-absent-1-0", "HTTP/1.0 needs no Host")
            .source("RFC 9112 3.2")
            .sends("GET {path} HTTP/1.0\r\n\r\n")
            .expects(status(200)),
        accepted("host-port", "a Host with a port", "shop.test:8080"),
        accepted("host-ipv6", "an IPv6 address", "[::1]:8080"),
        accepted("host-ipv4", "an IPv4 address", "127.0.0.1"),
        accepted("host-capital", "capitals", "SHOP.test"),
        named("host-kept", "the service learns the host that the client named")
            .ownChoice("as Host, so that a service behaves as it would without a gateway")
            .sends(lines("GET {path} HTTP/1.1", "Host: shop.test:81"))
            .expects(status(200), Upstream.field("host", "shop.test:81")));
  }

  private static List<ConformanceCase> forms() {
    return List.of(
        named(
                "absolute-same",
                "absolute-form for the same host is accepted, and passed on in origin-form")
            .source("RFC 9112 3.2.1, 3.2.2")
            .sends(lines("GET http://shop.test{path}?a=b HTTP/1.1", "Host: shop.test"))
            .expects(
                status(200),
                Upstream.request(
                    "origin-form", got -> got.target().equals("/case/absolute-same?a=b"))),
        named("absolute-other", "absolute-form for another host: its Host counts, or it is refused")
            .source("RFC 9112 3.2.2")
            .sends(lines("GET http://evil.test{path} HTTP/1.1", "Host: shop.test"))
            .expects(
                oneOf(refusedAtTheEdge(), all(Upstream.field("host", "evil.test"), originForm()))),
        named("absolute-other-refused", "absolute-form for another host is refused")
            .ownChoice("two names in one request are an attempt, not a mistake")
            .sends(lines("GET http://evil.test{path} HTTP/1.1", "Host: shop.test"))
            .expects(refusedAtTheEdge()),
        named("absolute-capital-scheme", "schemes know no case")
            .source("RFC 9110 4.2.3")
            .sends(lines("GET HTTP://shop.test{path} HTTP/1.1", "Host: shop.test"))
            .expects(oneOf(refusedAtTheEdge(), all(status(200), originForm()))),
        named("absolute-user", "a user in absolute-form is refused, or dropped")
            .source("RFC 9110 4.2.4")
            .sends(lines("GET http://user:word@shop.test{path} HTTP/1.1", "Host: shop.test"))
            .expects(oneOf(refusedAtTheEdge(), all(Upstream.never("word@"), originForm()))),
        named("absolute-ftp", "another scheme is not served")
            .ownChoice("RFC 9110 7.4 speaks of misdirected requests and names no status")
            .sends(lines("GET ftp://shop.test{path} HTTP/1.1", "Host: shop.test"))
            .expects(refusedAtTheEdge()),
        named("authority-get", "authority-form is for CONNECT alone")
            .source("RFC 9112 3.2.3")
            .sends(lines("GET shop.test:80 HTTP/1.1", "Host: shop.test", "Case: {id}"))
            .expects(refusedAtTheEdge()),
        named("no-slash", "a path begins with a slash")
            .source("RFC 9112 3.2.1")
            .sends(lines("GET case/no-slash HTTP/1.1", "Host: shop.test", "Case: {id}"))
            .expects(refusedAtTheEdge()),
        named("asterisk-get", "the asterisk is for OPTIONS alone")
            .source("RFC 9112 3.2.4")
            .sends(lines("GET * HTTP/1.1", "Host: shop.test", "Case: {id}"))
            .expects(refusedAtTheEdge()),
        named("asterisk-options", "OPTIONS * is answered here, or passed on as it is")
            .source("RFC 9112 3.2.4")
            .sends(lines("OPTIONS * HTTP/1.1", "Host: shop.test", "Case: {id}"))
            .expects(
                answered(),
                oneOf(
                    Expectation.nothingUpstream(),
                    Upstream.request("*", got -> got.target().equals("*")))),
        named("connect", "CONNECT is refused")
            .source("RFC 9110 9.3.6")
            .sends(lines("CONNECT shop.test:443 HTTP/1.1", "Host: shop.test:443", "Case: {id}"))
            .expects(refusedAtTheEdge()),
        named("connect-path", "CONNECT with a path is refused")
            .source("RFC 9112 3.2.3")
            .sends(Texts.request("CONNECT"))
            .expects(refusedAtTheEdge()),
        named("trace", "TRACE ends here")
            .ownChoice("it would show what the gateway adds")
            .sends(Texts.request("TRACE"))
            .expects(status(405, 501), Expectation.nothingUpstream()),
        named("max-forwards-0", "OPTIONS with Max-Forwards: 0 is not passed on")
            .source("RFC 9110 7.6.2")
            .sends(Texts.request("OPTIONS", "Max-Forwards: 0"))
            .expects(answered(), Expectation.nothingUpstream()),
        named("max-forwards-5", "Max-Forwards of OPTIONS counts down")
            .source("RFC 9110 7.6.2")
            .sends(Texts.request("OPTIONS", "Max-Forwards: 5"))
            .expects(status(200), Upstream.field("max-forwards", "4")));
  }

  private static ConformanceCase refused(String id, String what, String... fields) {
    return named(id, what + " is refused")
        .source(HOST)
        .sends("GET {path} HTTP/1.1\r\n" + lines(fields))
        .expects(refusedAtTheEdge());
  }

  private static ConformanceCase accepted(String id, String what, String host) {
    return named(id, what + " is a Host")
        .source(HOST)
        .sends(lines("GET {path} HTTP/1.1", "Host: " + host))
        .expects(
            status(200),
            Upstream.request(
                "a Host that means the same",
                got ->
                    got.field("host")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .equals(host.toLowerCase(Locale.ROOT))));
  }

  private static Expectation originForm() {
    return Upstream.request("origin-form", got -> got.target().startsWith("/"));
  }

  private static Expectation answered() {
    return new Expectation("an answer", seen -> seen.answer().isPresent());
  }
}
