package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.answers;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.field;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.OK;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.lines;
import static dev.rendezvous.loadtests.conformance.cases.Texts.request;

import dev.rendezvous.loadtests.backend.BackendConnection;
import dev.rendezvous.loadtests.backend.ReceivedRequest;
import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Answers of services: without bodies, with trailers, cut off, broken. */
final class AnswerCases {
  private AnswerCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(bodyless(), whole(), interim()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> bodyless() {
    return List.of(
        named("head", "an answer to HEAD has a length and no body; the connection goes on")
            .source("RFC 9110 9.3.2")
            .sends(request("HEAD"))
            .then(Step.awaitAnswers(1))
            .sends(request("HEAD"))
            .upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")
            .answers(2)
            .expects(status(200), answers(2), field("content-length", "1234")),
        named("head-chunked", "an answer to HEAD with chunks announced has none")
            .source("RFC 9112 6.1")
            .sends(request("HEAD"))
            .then(Step.awaitAnswers(1))
            .sends(request("HEAD"))
            .upstreamAnswers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            .answers(2)
            .expects(status(200), answers(2), bytesAfterHead(0)),
        next(
            "status-204",
            "a 204 has no body; the connection goes on",
            "HTTP/1.1 204 No Content\r\n\r\n",
            204),
        next(
            "status-304",
            "a 304 has no body; the connection goes on",
            "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n",
            304),
        next(
            "status-304-length",
            "nor has one with a length",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n",
            304),
        next(
            "status-205",
            "a 205 with an empty body",
            "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
            205),
        next(
            "length-0",
            "an answer of no bytes",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            200));
  }

  private static List<ConformanceCase> whole() {
    return List.of(
        named("answer-chunks", "chunks of an answer arrive whole")
            .source("RFC 9112 7.1")
            .sends(get())
            .upstreamAnswers(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n")
            .expects(status(200), body("hello")),
        named("answer-until-close", "an answer without length is as long as its connection")
            .source("RFC 9112 6.3")
            .sends(get())
            .upstream(Script.answeringAndClosing("HTTP/1.1 200 OK\r\n\r\nhello"))
            .expects(status(200), body("hello")),
        named("answer-1-0", "a service may speak HTTP/1.0")
            .source("RFC 9112 2.3")
            .sends(get())
            .upstream(
                Script.answeringAndClosing("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
            .expects(
                status(200),
                body("hello"),
                new Expectation("HTTP/1.1", seen -> seen.received().startsWith("HTTP/1.1"))),
        named("answer-large", "an answer of 2 MiB arrives whole")
            .source("RFC 9112 6.2")
            .sends(get())
            .upstreamAnswers(answer("200 OK", "z".repeat(2 << 20)))
            .expects(status(200), body("z".repeat(2 << 20))),
        named("answer-to-1-0", "no chunks go to a client of HTTP/1.0")
            .source("RFC 9112 6.1")
            .sends("GET {path} HTTP/1.0\r\nHost: shop.test\r\n\r\n")
            .upstream(AnswerCases::withoutLength)
            .expects(
                status(200), closed(), body("hello"), Expectation.noField("transfer-encoding")),
        named("answer-trailers", "trailers of an answer do not become fields of its head")
            .source("RFC 9110 6.5.1")
            .sends(get("TE: trailers", "Connection: TE"))
            .upstreamAnswers(TRAILERS)
            .expects(status(200), body("hello"), Expectation.noField("x-checksum")),
        named("answer-trailers-passed", "trailers of an answer are passed on")
            .ownChoice("RFC 9110 6.5.1 lets a proxy drop them; a checksum is worth keeping")
            .sends(get("TE: trailers", "Connection: TE"))
            .upstreamAnswers(TRAILERS)
            .expects(
                new Expectation(
                    "the trailer X-Checksum",
                    seen ->
                        seen.answer()
                            .filter(got -> got.trailerFields("x-checksum").equals(List.of("42")))
                            .isPresent())),
        named("answer-status-unknown", "a status that nobody knows passes")
            .source("RFC 9110 15")
            .sends(get())
            .upstreamAnswers(answer("299 Odd", "ok"))
            .expects(status(299), body("ok")),
        named("answer-range", "a 206 passes with its range")
            .source("RFC 9110 15.3.7")
            .sends(get("Range: bytes=0-1"))
            .upstreamAnswers(answer("206 Partial Content", "ok", "Content-Range: bytes 0-1/9"))
            .expects(status(206), body("ok"), field("content-range", "bytes 0-1/9")),
        named("answer-streamed", "the first part of an answer does not wait for the second")
            .ownChoice("a client may want to begin before the end")
            .sends(get())
            .upstream(
                (got, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst");
                  connection.awaitAbort(got);
                })
            .then(Step.awaitText("first"))
            .answers(0)
            .expects(new Expectation("the first part", seen -> seen.received().contains("first"))));
  }

  private static List<ConformanceCase> interim() {
    return List.of(
        interim(
            "interim-103",
            "103 Early Hints",
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
            103),
        interim("interim-102", "102 Processing", "HTTP/1.1 102 Processing\r\n\r\n", 102),
        named("interim-100", "a 100 that nobody asked for does no harm")
            .source("RFC 9110 15.2")
            .sends(get())
            .upstreamAnswers("HTTP/1.1 100 Continue\r\n\r\n" + OK)
            .expects(status(200), body("ok")),
        named("interim-101", "a 101 that nobody asked for is no answer")
            .source("RFC 9110 7.8")
            .sends(get())
            .upstream(Script.answeringAndClosing("HTTP/1.1 101 Switching Protocols\r\n\r\n"))
            .expects(status(500, 502, 503, 504)));
  }

  private static final String TRAILERS =
      "HTTP/1.1 200 OK\r\nTrailer: X-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
          + lines("X-Checksum: 42");

  /** Chunks, or up to the end where the proxy speaks HTTP/1.0 to the service as well. */
  private static void withoutLength(ReceivedRequest got, BackendConnection connection)
      throws IOException {
    if (got.line().endsWith("HTTP/1.0")) {
      connection.send("HTTP/1.0 200 OK\r\n\r\nhello");
      connection.close();
    } else {
      connection.send(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    }
  }

  private static ConformanceCase next(String id, String rule, String bytes, int status) {
    return named(id, rule)
        .source("RFC 9110 15.3.5, 15.4.5, RFC 9112 6.3")
        .sends(get())
        .then(Step.awaitAnswers(1))
        .sends(get())
        .upstreamAnswers(bytes)
        .answers(2)
        .expects(status(status), answers(2), Expectation.upstreamRequests(2));
  }

  private static ConformanceCase interim(String id, String what, String bytes, int status) {
    return named(id, what + " is passed on before the answer")
        .source("RFC 9110 15.2")
        .sends(get())
        .upstreamAnswers(bytes + OK)
        .expects(
            status(200),
            body("ok"),
            new Expectation(
                "a " + status,
                seen -> seen.answers().stream().anyMatch(got -> got.status() == status)));
  }

  private static Expectation bytesAfterHead(int count) {
    return new Expectation(
        "no body",
        seen -> seen.received().replaceAll("(?s)HTTP/1\\.1 200.*?\r\n\r\n", "").length() == count);
  }
}
