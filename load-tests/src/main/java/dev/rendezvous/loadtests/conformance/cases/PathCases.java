package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
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

/** Paths that a proxy and the service behind it may read differently. */
final class PathCases {
  private static final String REASON =
      "services are known to read it otherwise, which leads around the rules of a route";

  private PathCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(unchanged(), refused(), harmless()).flatMap(List::stream).toList();
  }

  /** What a proxy has no business to touch. */
  private static List<ConformanceCase> unchanged() {
    return List.of(
        unchanged("path-query", "a query", "?a=b&c=d"),
        unchanged("path-query-dots", "dots and slashes in a query", "?next=/a/../b//c"),
        unchanged("path-query-escapes", "escapes in a query", "?a=%2F%2e%20+%C3%A9"),
        unchanged("path-query-empty", "an empty query", "?"),
        unchanged("path-query-marks", "question marks in a query", "?a?b"),
        unchanged("path-sub-delimiters", "characters that a path may hold", "/!$&'()*+,;=:@~-._"),
        unchanged("path-parameter", "a parameter", "/a;b=c/d"),
        unchanged("path-double-escape", "an escaped escape", "/%252e%252e/%252f"),
        unchanged("path-trailing-slash", "a slash at the end", "/a/"),
        unchanged("path-escaped-space", "an escaped space", "/a%20b"),
        unchanged("path-three-dots", "a segment of three dots", "/.../a"),
        unchanged("path-dot-name", "a name that begins with a dot", "/.well-known/a"),
        named("path-escapes", "escapes that stand for a character beyond ASCII")
            .source("RFC 3986 6.2.2.1")
            .sends(lines("GET {path}/%c3%a4 HTTP/1.1", "Host: shop.test"))
            .expects(
                status(200),
                Upstream.request(
                    "the same escapes",
                    got -> got.target().toLowerCase(Locale.ROOT).endsWith("/%c3%a4"))));
  }

  private static List<ConformanceCase> refused() {
    return List.of(
        refused("path-dots", "dot segments", "/a/../../secret"),
        refused("path-dots-escaped", "escaped dot segments", "/a/%2e%2e/secret"),
        refused("path-dots-half-escaped", "half escaped dot segments", "/a/.%2E/secret"),
        refused("path-dots-end", "a dot segment at the end", "/a/.."),
        refused("path-dot", "a segment of one dot", "/./a"),
        refused("path-dots-parameter", "a dot segment with a parameter", "/a/..;/secret"),
        refused("path-slash-escaped", "an escaped slash", "/a%2f..%2fsecret"),
        refused("path-slash-escaped-alone", "an escaped slash alone", "/a%2Fb"),
        refused("path-backslash", "a backslash", "/a\\..\\secret"),
        refused("path-backslash-escaped", "an escaped backslash", "/a%5C..%5Csecret"),
        refused("path-null", "an escaped NUL", "/a%00.html"),
        refused("path-line-feed", "an escaped line end", "/a%0d%0aX-Bad:%201"),
        refused("path-escape-broken", "an escape that is none", "/a%zz"),
        refused("path-escape-cut", "an escape that is cut off", "/a%2"),
        refused("path-latin", "a byte over 127", "/caf\u00e9"),
        refused("path-bracket", "characters that no path may hold", "/a<b>\"c\""),
        named("path-fragment", "a fragment has no place in a target")
            .source("RFC 9112 3.2.1")
            .sends(lines("GET {path}/a#b HTTP/1.1", "Host: shop.test"))
            .expects(oneOf(refusedAtTheEdge(), Upstream.targetWithout("#"))),
        refused("path-fragment-refused", "a fragment", "/a#b"));
  }

  /** What may be tidied up, if it then is the path that is passed on. */
  private static List<ConformanceCase> harmless() {
    return List.of(
        named("path-double-slash", "empty segments are dropped")
            .ownChoice("one spelling for both routing and forwarding")
            .sends(lines("GET {path}//a///b HTTP/1.1", "Host: shop.test"))
            .expects(status(200), Upstream.targetEnds("/path-double-slash/a/b")),
        named("path-escaped-letter", "an escaped letter is that letter")
            .ownChoice("one spelling for both routing and forwarding (RFC 3986 6.2.2.2)")
            .sends(lines("GET {path}/%61%7E HTTP/1.1", "Host: shop.test"))
            .expects(status(200), Upstream.targetEnds("/a~")),
        named("path-route-escape", "no spelling leads into another route's path")
            .ownChoice(REASON)
            .sends(lines("GET {path}/../../dead/secret HTTP/1.1", "Host: shop.test", "Case: {id}"))
            .expects(refusedAtTheEdge()));
  }

  private static ConformanceCase unchanged(String id, String what, String end) {
    return named(id, what + " arrives unchanged")
        .source("RFC 3986 2.2, 6.2.2")
        .sends(lines("GET {path}" + end + " HTTP/1.1", "Host: shop.test"))
        .expects(
            status(200),
            Upstream.request("…" + end, got -> got.target().equals("/case/" + id + end)));
  }

  private static ConformanceCase refused(String id, String what, String end) {
    return named(id, what + ": refused")
        .ownChoice(REASON)
        .sends(lines("GET {path}" + end + " HTTP/1.1", "Host: shop.test"))
        .expects(status(400), Expectation.nothingUpstream());
  }
}
