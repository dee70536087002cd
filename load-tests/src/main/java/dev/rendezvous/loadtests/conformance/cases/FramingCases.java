package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refusedAtTheEdge;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.SMUGGLED;
import static dev.rendezvous.loadtests.conformance.cases.Texts.post;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** Where a request ends: what is read otherwise behind the proxy becomes a request of its own. */
final class FramingCases {
  private static final String LENGTH = "RFC 9112 6.3, RFC 9110 8.6";
  private static final String CODING = "RFC 9112 6.1";

  private static final String HIDDEN = SMUGGLED.replace("{path}", "/case/length-of-get");

  private FramingCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(lengths(), codings(), both()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> lengths() {
    return List.of(
        broken(
            "length-differs", "two lengths that differ", "Content-Length: 5", "Content-Length: 6"),
        broken("length-list-differs", "a list of lengths that differ", "Content-Length: 5, 6"),
        broken("length-plus", "a length with a sign", "Content-Length: +5"),
        broken("length-minus", "a negative length", "Content-Length: -5"),
        broken("length-hex", "a hexadecimal length", "Content-Length: 0x5"),
        broken("length-letters", "a length with letters", "Content-Length: 5a"),
        broken("length-two-words", "a length of two words", "Content-Length: 5 5"),
        broken("length-empty", "an empty length", "Content-Length:"),
        broken("length-fraction", "a length with a point", "Content-Length: 5.0"),
        broken("length-comma", "a length that ends with a comma", "Content-Length: 5,"),
        broken("length-overflow", "a length over 64 bits", "Content-Length: 18446744073709551621"),
        named("length-same-twice", "the same length twice is one length, or refused")
            .source(LENGTH)
            .sends(post("hello", "Content-Length: 5", "Content-Length: 5"))
            .expects(oneOf(refusedAtTheEdge(), allOfHello())),
        named("length-white-space", "white space around a length is none of it")
            .source("RFC 9112 5.1")
            .sends(post("hello", "Content-Length: \t 5 \t "))
            .expects(allOfHello()),
        named("length-absent", "a request without length or chunks has no body")
            .source(LENGTH)
            .sends(post(SMUGGLED.replace("smuggled", "second")))
            .answers(2)
            .expects(status(200), Expectation.answers(2), Expectation.upstreamRequests(2)),
        named("length-of-get", "the body of a GET is no second request")
            .source("RFC 9110 9.3.1")
            .sends(Texts.get("Content-Length: " + HIDDEN.length()) + HIDDEN)
            .expects(Upstream.never("/smuggled")));
  }

  private static List<ConformanceCase> codings() {
    return List.of(
        broken("coding-unknown", "an unknown coding", "Transfer-Encoding: xchunked"),
        broken(
            "coding-not-last",
            "chunks that are not the last coding",
            "Transfer-Encoding: chunked, gzip"),
        broken("coding-identity", "the coding identity", "Transfer-Encoding: identity"),
        broken(
            "coding-two-lines",
            "chunks, then identity in a second line",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity"),
        broken("coding-quoted", "a quoted coding", "Transfer-Encoding: \"chunked\""),
        broken(
            "coding-vertical-tab",
            "a coding after a vertical tab",
            "Transfer-Encoding: \u000bchunked"),
        broken(
            "coding-space-before-colon",
            "white space between name and colon",
            "Transfer-Encoding : chunked"),
        broken("coding-empty", "an empty coding", "Transfer-Encoding:"),
        named("coding-capital", "names of codings know no case")
            .source("RFC 9112 7")
            .sends(post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: Chunked"))
            .expects(allOfHello()),
        named("coding-white-space", "white space around a coding is none of it")
            .source("RFC 9112 5.1")
            .sends(post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: \t chunked \t"))
            .expects(allOfHello()),
        named("coding-twice", "chunks in chunks are refused")
            .source("RFC 9112 7.1")
            .sends(post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked, chunked"))
            .expects(refusedAtTheEdge(), closed()),
        named("coding-gzip", "a coding that is not understood is refused, or passed on whole")
            .source("RFC 9112 6.1, 7")
            .sends(post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: gzip, chunked"))
            .expects(
                oneOf(
                    refusedAtTheEdge(),
                    all(status(200), Upstream.fieldWith("transfer-encoding", "gzip")))),
        named("coding-folded", "a folded coding is refused, or read as one line")
            .source("RFC 9112 5.2")
            .sends(post("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding:\r\n chunked"))
            .expects(oneOf(refusedAtTheEdge(), allOfHello())),
        named("coding-http-1-0", "chunks in HTTP/1.0 are faulty: the connection is closed")
            .source("RFC 9112 6.1")
            .sends(
                "POST {path} HTTP/1.0\r\nHost: shop.test\r\nConnection: keep-alive\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + SMUGGLED)
            .expects(closed(), Upstream.never("/smuggled")));
  }

  private static List<ConformanceCase> both() {
    return List.of(
        named("length-and-coding", "a length beside chunks ends the connection")
            .source(CODING)
            .sends(post("0\r\n\r\n" + SMUGGLED, "Content-Length: 6", "Transfer-Encoding: chunked"))
            .expects(closed(), Upstream.never("/smuggled"), notBoth()),
        named("coding-and-length", "the same the other way round")
            .source(CODING)
            .sends(
                post(
                    "5\r\nhello\r\n0\r\n\r\n" + SMUGGLED,
                    "Transfer-Encoding: chunked",
                    "Content-Length: 4"))
            .expects(closed(), Upstream.never("/smuggled"), notBoth()),
        named("length-and-coding-refused", "a length beside chunks is refused")
            .ownChoice("RFC 9112 6.1 also allows to read the chunks")
            .sends(post("0\r\n\r\n", "Content-Length: 5", "Transfer-Encoding: chunked"))
            .expects(status(400), closed(), Expectation.nothingUpstream()),
        named("length-and-broken-coding", "a length does not mend a coding that is unknown")
            .source("RFC 9112 6.3")
            .sends(post("hello", "Content-Length: 5", "Transfer-Encoding: xchunked"))
            .expects(refusedAtTheEdge(), closed()),
        named(
                "length-underscore",
                "Content_Length never reaches a service that takes it for a length")
            .ownChoice("some servers read _ as -")
            .sends(Texts.get("Content_Length: 5"))
            .expects(status(200), Upstream.noField("content_length", "content-length")),
        named(
                "coding-underscore",
                "Transfer_Encoding never reaches a service that takes it for one")
            .ownChoice("some servers read _ as -")
            .sends(Texts.get("Transfer_Encoding: chunked"))
            .expects(status(200), Upstream.noField("transfer_encoding")));
  }

  private static ConformanceCase broken(String id, String what, String... fields) {
    return named(id, what + " is refused, the connection closed")
        .source(id.startsWith("length") ? LENGTH : CODING)
        .sends(post("hello" + SMUGGLED, fields))
        .expects(refusedAtTheEdge(), closed());
  }

  private static Expectation allOfHello() {
    return Expectation.all(status(200), Upstream.body("hello"), notBoth());
  }

  private static Expectation notBoth() {
    return new Expectation(
        "never both lengths upstream",
        seen ->
            seen.upstream().stream()
                .noneMatch(
                    got ->
                        got.field("content-length").isPresent()
                            && got.field("transfer-encoding").isPresent()));
  }
}
