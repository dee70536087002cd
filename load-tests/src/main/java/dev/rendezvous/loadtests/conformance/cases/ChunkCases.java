package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refused;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.SMUGGLED;
import static dev.rendezvous.loadtests.conformance.cases.Texts.post;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** Chunks of requests, sound and broken. */
final class ChunkCases {
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String SOURCE = "RFC 9112 7.1";

  private ChunkCases() {}

  static List<ConformanceCase> cases() {
    return Stream.concat(sound().stream(), broken().stream()).toList();
  }

  private static List<ConformanceCase> sound() {
    return List.of(
        whole("chunks", "several chunks are one body", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello"),
        whole("chunks-none", "a body of no chunks is empty", "0\r\n\r\n", ""),
        whole(
            "chunk-hex-case",
            "sizes are hexadecimal in either case",
            "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
            "01234567890123456789"),
        whole(
            "chunk-leading-zeros",
            "sizes may begin with zeros",
            "0005\r\nhello\r\n000\r\n\r\n",
            "hello"),
        whole(
            "chunk-extension",
            "extensions that nobody knows are ignored",
            "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n",
            "hello"),
        whole(
            "chunk-large",
            "a chunk larger than any buffer",
            "40000\r\n" + "x".repeat(0x40000) + "\r\n0\r\n\r\n",
            "x".repeat(0x40000)),
        whole(
            "chunks-many",
            "many small chunks",
            "1\r\ny\r\n".repeat(3000) + "0\r\n\r\n",
            "y".repeat(3000)),
        named("chunks-then-request", "after the last chunk the next request begins")
            .source("RFC 9112 9.3.2")
            .sends(
                post("5\r\nhello\r\n0\r\n\r\n", CHUNKED)
                    + Texts.get().replace("{path}", "{path}/next"))
            .answers(2)
            .expects(status(200), Expectation.answers(2), Expectation.upstreamRequests(2)),
        named("chunks-slowly", "chunks that come one by one are passed on one by one")
            .ownChoice("a service may want to begin before the end")
            .sends(post("5\r\nhello\r\n", CHUNKED))
            .then(Step.awaitUpstream(1))
            .answers(0)
            .expects(Upstream.request("has the first chunk", got -> got.body().equals("hello"))),
        named("request-trailers", "trailers of a request do not become fields of its head")
            .source("RFC 9110 6.5.1")
            .sends(
                post(
                    "5\r\nhello\r\n0\r\nX-Trailer: late\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n",
                    CHUNKED,
                    "Trailer: X-Trailer"))
            .expects(
                status(200),
                Upstream.body("hello"),
                Upstream.never("x-trailer: late"),
                Upstream.never("6.6.6.6")),
        named("request-trailers-framing", "a length in a trailer is ignored, or refused")
            .source("RFC 9110 6.5.1")
            .sends(post("5\r\nhello\r\n0\r\nContent-Length: 90\r\n\r\n", CHUNKED))
            .expects(oneOf(all(status(200), Upstream.body("hello")), refused())));
  }

  private static List<ConformanceCase> broken() {
    return List.of(
        broken("chunk-size-sign", "a size with a sign", "+5\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-size-minus", "a negative size", "-5\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-size-0x", "a size that begins with 0x", "0x5\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-size-word", "a size that is none", "five\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-size-empty", "a line without a size", "\r\nhello\r\n0\r\n\r\n"),
        broken(
            "chunk-size-overflow",
            "a size over 64 bits",
            "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        lineEnd("chunk-size-space-before", "white space before a size", " 5\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-too-long", "a chunk longer than its size", "3\r\nhello\r\n0\r\n\r\n"),
        broken("chunk-no-end", "a chunk that no line end follows", "5\r\nhelloXX0\r\n\r\n"),
        broken(
            "chunk-underscore",
            "a size with digits of a programming language",
            "0_5\r\nhello\r\n0\r\n\r\n"),
        lineEnd("chunk-bare-lf", "bare line feeds between chunks", "5\nhello\n0\n\n"),
        lineEnd(
            "chunk-extension-lf", "a bare line feed in an extension", "5;a\nhello\r\n0\r\n\r\n"),
        lineEnd("chunk-cr-only", "a bare carriage return after a size", "5\rhello\r\n0\r\n\r\n"),
        lineEnd("chunk-data-lf", "a bare line feed after the data", "5\r\nhello\n0\r\n\r\n"),
        named("chunks-cut", "a body that ends before its last chunk is no request")
            .source("RFC 9112 8")
            .sends(post("5\r\nhello\r\n", CHUNKED))
            .then(Step.endSending())
            .expects(notWhole(), oneOf(refused(), closed())),
        named("length-cut", "a body that ends before its length is no request")
            .source("RFC 9112 8")
            .sends(post("hel", "Content-Length: 5"))
            .then(Step.endSending())
            .expects(notWhole(), oneOf(refused(), closed())));
  }

  private static ConformanceCase whole(String id, String rule, String bytes, String body) {
    return named(id, rule)
        .source(SOURCE)
        .sends(post(bytes, CHUNKED))
        .expects(status(200), Upstream.body(body));
  }

  /** The head may have been passed on; the broken body must not arrive as a whole one. */
  private static ConformanceCase broken(String id, String what, String bytes) {
    return named(id, what + " is refused, the connection closed")
        .source(SOURCE)
        .sends(post(bytes + SMUGGLED, CHUNKED))
        .expects(refused(), closed(), notWhole(), Upstream.never("/smuggled"));
  }

  /** Lenient reading is harmless where what is passed on is clean. */
  private static ConformanceCase lineEnd(String id, String what, String bytes) {
    return named(id, what + ": refused, or cleaned")
        .source("RFC 9112 2.2, 7.1")
        .sends(post(bytes + SMUGGLED, CHUNKED))
        .expects(
            oneOf(
                all(refused(), closed(), notWhole(), Upstream.never("/smuggled")),
                all(status(200), Upstream.body("hello"))));
  }

  private static Expectation notWhole() {
    return new Expectation(
        "no whole body upstream",
        seen -> seen.upstream().stream().noneMatch(got -> got.isComplete()));
  }
}
