package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.answers;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.field;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.open;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.Expectation.upstreamRequests;
import static dev.rendezvous.loadtests.conformance.cases.Texts.OK;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.post;
import static dev.rendezvous.loadtests.conformance.cases.Texts.request;

import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connections on both sides: kept, closed, gone stale, refused; and what is tried again. */
final class ConnectionCases {
  private static final String AGAIN = "RFC 9110 9.2.2";
  private static final String HIDDEN = "a client should not see what the gateway can mend";

  /** Closes a connection that was kept, without an answer, the first time. */
  private static final Script STALE =
      (request, connection) -> {
        connection.readBody(request);
        if (request.usesBefore() > 0 && request.attempt() == 2) {
          connection.close();
        } else {
          var bodyless = request.line().startsWith("HEAD");
          connection.send(bodyless ? OK.substring(0, OK.length() - 2) : OK);
        }
      };

  private ConnectionCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(kept(), again(), failures()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> kept() {
    return List.of(
        named("kept", "a connection serves one request after the other")
            .source("RFC 9112 9.3")
            .sends(get())
            .then(Step.awaitAnswers(1))
            .sends(post("hello", "Content-Length: 5"))
            .then(Step.awaitAnswers(2))
            .sends(get())
            .answers(3)
            .expects(answers(3), open(), upstreamRequests(3)),
        named("pipelined", "requests that do not wait are answered in their order")
            .source("RFC 9112 9.3.2")
            .sends(
                get().replace("{path}", "{path}/1")
                    + get().replace("{path}", "{path}/2")
                    + get().replace("{path}", "{path}/3"))
            .upstream(
                (got, connection) ->
                    connection.send(
                        answer("200 OK", got.target().substring(got.target().length() - 1))))
            .answers(3)
            .expects(
                answers(3),
                new Expectation(
                    "1, 2, 3",
                    seen ->
                        seen.finals().stream()
                            .map(got -> got.body())
                            .toList()
                            .equals(List.of("1", "2", "3")))),
        named("close", "a client that asks for it gets its connection closed, and is told")
            .source("RFC 9112 9.6")
            .sends(get("Connection: close"))
            .expects(status(200), closed(), field("connection", "close")),
        named("close-then-request", "nothing is read after a request that closes")
            .source("RFC 9112 9.6")
            .sends(get("Connection: close") + Texts.SMUGGLED)
            .expects(closed(), answers(1), upstreamRequests(1)),
        named("close-1-0", "HTTP/1.0 closes")
            .source("RFC 9112 9.3")
            .sends("GET {path} HTTP/1.0\r\nHost: shop.test\r\n\r\n")
            .expects(status(200), closed(), body("ok")),
        named("close-refusal", "a refusal of broken framing closes, and says so")
            .ownChoice("RFC 9112 9.6 asks for it with SHOULD")
            .sends(post("hello", "Content-Length: 5x"))
            .expects(status(400), closed(), field("connection", "close")));
  }

  private static List<ConformanceCase> again() {
    return List.of(
        stale("stale-get", "a GET that met a stale connection is sent again", get()),
        stale("stale-head", "a HEAD", request("HEAD")),
        stale("stale-put", "a PUT with its body", request("PUT", "Content-Length: 5") + "hello"),
        stale("stale-delete", "a DELETE", request("DELETE")),
        stale(
            "stale-key",
            "a POST with an Idempotency-Key",
            post("hello", "Content-Length: 5", "Idempotency-Key: \"k\"")),
        named("stale-post", "a POST that met a stale connection is not sent again")
            .source(AGAIN)
            .route("/alone")
            .sends(get())
            .then(Step.awaitAnswers(1))
            .sends(post("hello", "Content-Length: 5"))
            .upstream(STALE)
            .answers(2)
            .expects(upstreamRequests(2), oneOf(answers(2), all(answers(1), closed()))),
        named("dead-post", "a POST that nobody took goes to the next instance")
            .ownChoice(HIDDEN)
            .route("/pair")
            .sends(post("hello", "Content-Length: 5"))
            .then(Step.awaitAnswers(1))
            .sends(post("hello", "Content-Length: 5"))
            .answers(2)
            .expects(status(200), answers(2), statusOfSecond(200)),
        named("dead-get", "so does a GET")
            .ownChoice(HIDDEN)
            .route("/pair")
            .sends(get())
            .then(Step.awaitAnswers(1))
            .sends(get())
            .answers(2)
            .expects(status(200), answers(2), statusOfSecond(200)));
  }

  private static List<ConformanceCase> failures() {
    return List.of(
        named("refused", "a service that refuses connections is a 502 or 503")
            .source("RFC 9110 15.6.3, 15.6.4")
            .route("/dead")
            .sends(get())
            .expects(status(502, 503)),
        problem("refused-problem", "it is told as a problem", "/dead", 502, null),
        named("silent", "a service that does not answer in time is a 504")
            .source("RFC 9110 15.6.5; 2 s as configured")
            .sends(get())
            .upstream((got, connection) -> connection.awaitAbort(got))
            .expects(status(504)),
        problem(
            "silent-problem",
            "it is told as a problem",
            "",
            504,
            (got, connection) -> connection.awaitAbort(got)),
        named("silent-cancelled", "whoever is given up is told so, by the end of its connection")
            .ownChoice("what nobody waits for should not be done")
            .sends(get())
            .upstream((got, connection) -> connection.awaitAbort(got))
            .expects(status(504), Upstream.aborted()),
        named("silent-post-once", "a POST that took too long is not sent again")
            .source(AGAIN)
            .sends(post("hello", "Content-Length: 5"))
            .upstream((got, connection) -> connection.awaitAbort(got))
            .expects(status(504), upstreamRequests(1)),
        named("no-host-name", "a failure names no host, address or program")
            .ownChoice("whoever attacks learns from it")
            .route("/dead")
            .sends(get())
            .expects(
                new Expectation(
                    "no server's name or address",
                    seen ->
                        seen.answer().isPresent()
                            && !seen.received()
                                .matches(
                                    "(?is).*(127\\.0\\.0\\.1|nginx|haproxy|caddy|vert\\.x|netty).*"))),
        named("silent-in-time", "the 504 comes within twice the time")
            .source("2 s as configured")
            .sends(get())
            .upstream((got, connection) -> connection.awaitAbort(got))
            .expects(
                status(504),
                new Expectation(
                    "≤ 8 s", seen -> seen.elapsed().compareTo(Duration.ofSeconds(8)) < 0)));
  }

  private static ConformanceCase stale(String id, String rule, String request) {
    return named(id, rule + (rule.contains("again") ? "" : " is sent again, too"))
        .ownChoice(HIDDEN)
        .route("/alone")
        .sends(request)
        .then(Step.awaitAnswers(1))
        .sends(request)
        .upstream(STALE)
        .answers(2)
        .expects(answers(2), statusOfSecond(200), oneOf(upstreamRequests(2), upstreamRequests(3)));
  }

  private static ConformanceCase problem(
      String id, String rule, String route, int status, @Nullable Script script) {
    var draft =
        named(id, rule).ownChoice("RFC 9457 is our form of failure").route(route).sends(get());
    if (script != null) {
      draft.upstream(script);
    }
    return draft.expects(status(status), field("content-type", "application/problem+json"));
  }

  private static Expectation statusOfSecond(Integer... accepted) {
    return new Expectation(
        "status of the second " + List.of(accepted),
        seen ->
            seen.finals().size() > 1 && List.of(accepted).contains(seen.finals().get(1).status()));
  }
}
