package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.answers;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.noField;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.refused;
import static dev.rendezvous.loadtests.conformance.Expectation.refusedAtTheEdge;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.wire.Http2Frames.cancel;
import static dev.rendezvous.loadtests.wire.Http2Frames.data;
import static dev.rendezvous.loadtests.wire.Http2Frames.headers;

import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.ConformanceCase.Draft;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** HTTP/2 in front of services that speak HTTP/1.1: what is harmless in one may cut the other. */
final class Http2Cases {
  private Http2Cases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(sound(), bodies(), answered()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> sound() {
    return List.of(
        draft("h2-get", "a GET gets its answer", "RFC 9113 8.3")
            .sends(get("h2-get"))
            .expects(status(200), body("ok"), Upstream.field("host", "shop.test")),
        draft("h2-forwarded", "the service learns of the client", "convention")
            .sends(get("h2-forwarded"))
            .expects(
                status(200),
                Upstream.fieldWith("x-forwarded-for", "127.0.0.1"),
                Upstream.field("x-forwarded-host", "shop.test")),
        draft("h2-cookies", "cookie crumbs become one cookie", "RFC 9113 8.2.3")
            .sends(get("h2-cookies", "cookie", "a=1", "cookie", "b=2"))
            .expects(status(200), Upstream.field("cookie", "a=1; b=2")),
        draft("h2-te-trailers", "TE: trailers is allowed", "RFC 9113 8.2.2")
            .sends(get("h2-te-trailers", "te", "trailers"))
            .expects(status(200)),
        draft("h2-host-same", "a Host that says the same is allowed", "RFC 9113 8.3.1")
            .sends(get("h2-host-same", "host", "shop.test"))
            .expects(status(200), Upstream.field("host", "shop.test")),
        draft("h2-two-streams", "an answer that takes long does not hold up another", "RFC 9113 5")
            .sends(
                headers(
                        1,
                        true,
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "shop.test",
                        ":path",
                        "/case/h2-two-streams/slow")
                    + headers(
                        3,
                        true,
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "shop.test",
                        ":path",
                        "/case/h2-two-streams/fast"))
            .upstream(
                (got, connection) -> {
                  if (got.target().endsWith("slow")) {
                    connection.awaitAbort(got);
                  } else {
                    connection.send(answer("200 OK", "fast"));
                  }
                })
            .expects(body("fast")),
        draft("h2-cancel", "a stream that is taken back is taken back inside", "RFC 9113 5.4.2")
            .sends(get("h2-cancel"))
            .then(Step.awaitUpstream(1))
            .sends(cancel(1))
            .upstream((got, connection) -> connection.awaitAbort(got))
            .answers(0)
            .expects(Upstream.aborted()));
  }

  private static List<ConformanceCase> bodies() {
    return List.of(
        draft("h2-body", "a body without a length arrives whole", "RFC 9113 8.1")
            .sends(post("h2-body") + data(1, false, "hel") + data(1, true, "lo"))
            .expects(status(200), Upstream.body("hello")),
        draft("h2-body-length", "a body with its length arrives whole", "RFC 9113 8.1")
            .sends(post("h2-body-length", "content-length", "5") + data(1, true, "hello"))
            .expects(status(200), Upstream.body("hello")),
        draft("h2-body-empty", "an empty frame ends a body", "RFC 9113 8.1")
            .sends(post("h2-body-empty") + data(1, false, "hello") + data(1, true, ""))
            .expects(status(200), Upstream.body("hello")),
        draft(
                "h2-trailers",
                "trailers end a body and are no fields of its head",
                "RFC 9113 8.1, RFC 9110 6.5.1")
            .sends(
                post("h2-trailers")
                    + data(1, false, "hello")
                    + headers(1, true, "x-trailer", "late"))
            .expects(status(200), Upstream.body("hello"), Upstream.never("late")),
        draft("h2-length-short", "a body shorter than its length is malformed", "RFC 9113 8.1.1")
            .sends(post("h2-length-short", "content-length", "9") + data(1, true, "hello"))
            .expects(refused(), notWhole()),
        draft(
                "h2-length-long",
                "a body longer than its length is malformed, and no second request",
                "RFC 9113 8.1.1")
            .sends(
                post("h2-length-long", "content-length", "0")
                    + data(1, true, Texts.SMUGGLED.replace("{path}", "/case/h2-length-long")))
            .expects(oneOf(refused(), status(200)), Upstream.never("/smuggled")),
        draft("h2-lengths", "two lengths that differ are malformed", "RFC 9113 8.1.1, RFC 9110 8.6")
            .sends(
                post("h2-lengths", "content-length", "5", "content-length", "6")
                    + data(1, true, "hello"))
            .expects(refusedAtTheEdge()),
        draft("h2-expect", "a 100 or none, but the answer", "RFC 9113 8.1, RFC 9110 10.1.1")
            .sends(post("h2-expect", "content-length", "5", "expect", "100-continue"))
            .then(Step.awaitUpstream(1))
            .sends(data(1, true, "hello"))
            .upstream(
                (got, connection) -> {
                  if (got.field("expect").isPresent()) {
                    connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  }
                  if (connection.readBody(got)) {
                    connection.send(Texts.OK);
                  }
                })
            .expects(status(200), Upstream.body("hello")));
  }

  private static List<ConformanceCase> answered() {
    return List.of(
        draft("h2-answer-hop", "fields of one connection never reach HTTP/2", "RFC 9113 8.2.2")
            .sends(get("h2-answer-hop"))
            .upstreamAnswers(
                answer(
                    "200 OK",
                    "ok",
                    "Connection: keep-alive, X-Hop",
                    "X-Hop: 1",
                    "Keep-Alive: timeout=5",
                    "Proxy-Connection: close",
                    "Upgrade: h2c"))
            .expects(
                status(200),
                body("ok"),
                noField("connection", "keep-alive", "proxy-connection", "x-hop", "upgrade")),
        draft("h2-answer-chunks", "chunks become frames", "RFC 9113 8.1")
            .sends(get("h2-answer-chunks"))
            .upstreamAnswers(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            .expects(status(200), body("hello"), noField("transfer-encoding")),
        draft(
                "h2-answer-cut",
                "an answer that is cut off ends its stream with an error",
                "RFC 9113 8.1, RFC 9112 8")
            .sends(get("h2-answer-cut"))
            .upstream(
                Script.answeringAndClosing("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"))
            .answers(1)
            .expects(
                new Expectation(
                    "not as a whole",
                    seen ->
                        seen.answers().stream()
                            .noneMatch(got -> got.complete() && got.status() == 200))),
        named("h2-answer-trailers", "trailers of an answer are passed on")
            .ownChoice("RFC 9110 6.5.1 lets a proxy drop them")
            .http2()
            .sends(get("h2-answer-trailers", "te", "trailers"))
            .upstreamAnswers(
                "HTTP/1.1 200 OK\r\nTrailer: X-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Checksum: 42\r\n\r\n")
            .expects(
                new Expectation(
                    "the trailer",
                    seen ->
                        seen.answer()
                            .filter(got -> got.trailerFields("x-checksum").equals(List.of("42")))
                            .isPresent())),
        draft("h2-head", "an answer to HEAD has no body", "RFC 9110 9.3.2")
            .sends(
                headers(
                    1,
                    true,
                    ":method",
                    "HEAD",
                    ":scheme",
                    "http",
                    ":authority",
                    "shop.test",
                    ":path",
                    "/case/h2-head"))
            .upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")
            .expects(status(200), body("")),
        draft("h2-answer-103", "103 is passed on before the answer", "RFC 9110 15.2")
            .sends(get("h2-answer-103"))
            .upstreamAnswers("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + Texts.OK)
            .expects(
                status(200),
                answers(1),
                new Expectation(
                    "a 103",
                    seen -> seen.answers().stream().anyMatch(got -> got.status() == 103))));
  }

  static Draft draft(String id, String rule, String source) {
    return named(id, rule).source(source).http2();
  }

  static String get(String id, String... more) {
    return headers(1, true, fields("GET", id, more));
  }

  private static String post(String id, String... more) {
    return headers(1, false, fields("POST", id, more));
  }

  private static String[] fields(String method, String id, String... more) {
    return Stream.concat(
            Stream.of(
                ":method",
                method,
                ":scheme",
                "http",
                ":authority",
                "shop.test",
                ":path",
                "/case/" + id),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static Expectation notWhole() {
    return new Expectation(
        "no whole body upstream",
        seen -> seen.upstream().stream().noneMatch(got -> got.isComplete()));
  }
}
