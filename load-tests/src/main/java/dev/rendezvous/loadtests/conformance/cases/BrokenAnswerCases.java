package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.OK;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.request;

import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import java.util.List;
import java.util.stream.Stream;

/** Answers of services that end too soon, or are none. */
final class BrokenAnswerCases {
  private static final String CUT = "RFC 9112 8, 6.3";

  private BrokenAnswerCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(cut(), broken(), beyond()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> cut() {
    return List.of(
        cut(
            "cut-length",
            "a body shorter than its length",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"),
        cut(
            "cut-chunks",
            "chunks without the last",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        cut(
            "cut-chunk",
            "half a chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"),
        named("cut-reset", "a connection that breaks is not the end of a body")
            .source(CUT)
            .sends(get())
            .upstream(
                (got, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
                  connection.reset();
                })
            .expects(closed(), oneOf(notComplete(), status(502))),
        named("cut-once", "an answer that was begun is not asked for again")
            .source("RFC 9110 9.2.2")
            .sends(get())
            .upstream(
                Script.answeringAndClosing("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"))
            .expects(Expectation.upstreamRequests(1)),
        named(
                "cut-http-1-0",
                "a client of HTTP/1.0 that was told a length sees that it is not reached")
            .source(CUT)
            .sends("GET {path} HTTP/1.0\r\nHost: shop.test\r\n\r\n")
            .upstream(
                Script.answeringAndClosing("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"))
            .expects(closed(), oneOf(notComplete(), status(502))));
  }

  private static List<ConformanceCase> broken() {
    return List.of(
        bad("bad-empty", "no answer at all", ""),
        bad("bad-garbage", "what is not HTTP", "hello\r\n\r\n"),
        bad("bad-head-cut", "half a head", "HTTP/1.1 200 OK\r\nContent-Le"),
        bad("bad-status", "a status of letters", "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nok"),
        bad("bad-lengths", "two lengths that differ", answer("200 OK", "ok", "Content-Length: 3")),
        bad(
            "bad-length",
            "a length that is none",
            "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok"),
        bad(
            "bad-length-minus",
            "a negative length",
            "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok"),
        named("bad-length-and-chunks", "a length beside chunks is dropped, or the answer discarded")
            .source("RFC 9112 6.3")
            .sends(get())
            .upstream(
                Script.answeringAndClosing(
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
            .expects(oneOf(status(502), all(body("hello"), notBoth()))),
        named("bad-head-large", "fields without end are not passed on without end")
            .ownChoice("a gateway's memory has bounds: 502")
            .sends(get())
            .upstream(
                Script.answeringAndClosing(
                    answer("200 OK", "ok", "X-Value: " + "x".repeat(200_000))))
            .expects(status(502)));
  }

  private static List<ConformanceCase> beyond() {
    return List.of(
        named("bad-extra", "what a service sends beyond its answer is never the next answer")
            .source("RFC 9112 6.3")
            .route("/extra")
            .sends(get())
            .then(Step.awaitAnswers(1))
            .sends(get())
            .upstream(
                (got, connection) ->
                    connection.send(got.attempt() == 1 ? OK + answer("200 OK", "poison") : OK))
            .answers(2)
            .expects(
                status(200),
                new Expectation("no poison", seen -> !seen.received().contains("poison"))),
        named(
                "bad-head-body",
                "a body that an answer to HEAD must not have is never the next answer")
            .source("RFC 9110 9.3.2, RFC 9112 6.3")
            .route("/more")
            .sends(request("HEAD"))
            .then(Step.awaitAnswers(1))
            .sends(request("HEAD"))
            .upstream(
                (got, connection) ->
                    connection.send(
                        got.attempt() == 1
                            ? answer("200 OK", OK.replace("200 OK", "201 Poison"))
                            : OK))
            .answers(2)
            .expects(
                status(200),
                new Expectation("no poison", seen -> !seen.received().contains("Poison"))));
  }

  private static ConformanceCase cut(String id, String what, String bytes) {
    return named(id, what + " never arrives as a whole answer")
        .source(CUT)
        .sends(get())
        .upstream(Script.answeringAndClosing(bytes))
        .expects(closed(), oneOf(notComplete(), status(502)));
  }

  private static ConformanceCase bad(String id, String what, String bytes) {
    return named(id, what + " is a 502")
        .source("RFC 9110 15.6.3, RFC 9112 6.3")
        .sends(get())
        .upstream(Script.answeringAndClosing(bytes))
        .expects(status(502));
  }

  private static Expectation notComplete() {
    return new Expectation(
        "not as a whole", seen -> seen.answers().stream().noneMatch(got -> got.complete()));
  }

  private static Expectation notBoth() {
    return new Expectation(
        "not both lengths",
        seen ->
            seen.answer()
                .filter(
                    got ->
                        got.fields("content-length").isEmpty()
                            || got.fields("transfer-encoding").isEmpty())
                .isPresent());
  }
}
