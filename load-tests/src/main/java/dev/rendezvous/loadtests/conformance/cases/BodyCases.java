package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.all;
import static dev.rendezvous.loadtests.conformance.Expectation.answers;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.nothingUpstream;
import static dev.rendezvous.loadtests.conformance.Expectation.oneOf;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.OK;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.post;

import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** Bodies on their way to a service, and who may break off when. */
final class BodyCases {
  private static final int LIMIT = 1 << 20;
  private static final String EXPECT = "RFC 9110 10.1.1";

  private static final String HIDDEN =
      Texts.SMUGGLED.replace("{path}", "/alone/case/early-answer-next");

  /** A service that says so before it reads a body, where it is asked. */
  private static final Script CONTINUING =
      (request, connection) -> {
        if (request.field("expect").isPresent()) {
          connection.send("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if (connection.readBody(request)) {
          connection.send(OK);
        }
      };

  private BodyCases() {}

  static List<ConformanceCase> cases() {
    return Stream.of(uploads(), expectations(), early(), aborts()).flatMap(List::stream).toList();
  }

  private static List<ConformanceCase> uploads() {
    return List.of(
        upload("body-one", "x"),
        upload("body-100-kib", "y".repeat(100 * 1024)),
        upload("body-limit", "z".repeat(LIMIT)),
        named("body-empty", "a body of no bytes")
            .source("RFC 9110 8.6")
            .sends(post("", "Content-Length: 0"))
            .expects(status(200), Upstream.body("")),
        named("body-of-delete", "methods other than POST may have a body")
            .source("RFC 9110 9.3.5")
            .sends(Texts.request("DELETE", "Content-Length: 5") + "hello")
            .expects(oneOf(status(400), all(status(200), Upstream.body("hello")))),
        named("body-over-limit", "a length over the limit gets a 413, and nothing goes upstream")
            .source("RFC 9110 15.5.14; limit of 1 MiB as configured")
            .sends(post("", "Content-Length: " + (LIMIT + 1)))
            .expects(status(413), nothingUpstream()),
        named("body-over-limit-sent", "the 413 reaches a client that goes on sending")
            .source("RFC 9112 9.6; limit of 1 MiB as configured")
            .sends(post("x".repeat(LIMIT + 1), "Content-Length: " + (LIMIT + 1)))
            .expects(status(413)),
        named("chunks-over-limit", "chunks over the limit get a 413")
            .ownChoice("a length can be left out; some limit only those that are announced")
            .sends(
                post(
                    ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(17) + "0\r\n\r\n",
                    "Transfer-Encoding: chunked"))
            .expects(status(413)));
  }

  private static List<ConformanceCase> expectations() {
    return List.of(
        named("expect", "a client that waits for 100 gets it, then its answer")
            .source(EXPECT)
            .sends(post("", "Content-Length: 5", "Expect: 100-continue"))
            .then(Step.awaitText("100 Continue"))
            .sends("hello")
            .upstream(CONTINUING)
            .expects(status(200), interim(100), Upstream.body("hello")),
        named("expect-not-passed", "a 100 that was given here is not asked for again")
            .ownChoice("a proxy may pass it on (RFC 9110 10.1.1)")
            .sends(post("", "Content-Length: 5", "Expect: 100-continue"))
            .then(Step.awaitText("100 Continue"))
            .sends("hello")
            .upstream(CONTINUING)
            .expects(status(200), Upstream.noField("expect")),
        named("expect-case", "its value knows no case")
            .source(EXPECT)
            .sends(post("", "Content-Length: 5", "Expect: 100-Continue"))
            .then(Step.awaitText("100 Continue"))
            .sends("hello")
            .upstream(CONTINUING)
            .expects(status(200), Upstream.body("hello")),
        named("expect-chunks", "the same with chunks")
            .source(EXPECT)
            .sends(post("", "Transfer-Encoding: chunked", "Expect: 100-continue"))
            .then(Step.awaitText("100 Continue"))
            .sends("5\r\nhello\r\n0\r\n\r\n")
            .upstream(CONTINUING)
            .expects(status(200), Upstream.body("hello")),
        named("expect-not-waited", "a client that does not wait gets one answer")
            .source(EXPECT)
            .sends(post("hello", "Content-Length: 5", "Expect: 100-continue"))
            .upstream(CONTINUING)
            .expects(status(200), answers(1), Upstream.body("hello")),
        named("expect-1-0", "HTTP/1.0 knows no 100")
            .source(EXPECT)
            .sends(
                "POST {path} HTTP/1.0\r\nHost: shop.test\r\nContent-Length: 5\r\n"
                    + "Expect: 100-continue\r\n\r\nhello")
            .expects(status(200), noInterim()),
        named("expect-refused", "a body that would be refused is not asked for")
            .source(EXPECT)
            .sends(post("", "Content-Length: " + (LIMIT + 1), "Expect: 100-continue"))
            .expects(status(413), noInterim(), nothingUpstream()),
        named("expect-unknown", "another expectation gets a 417, or is ignored")
            .source(EXPECT)
            .sends(post("hello", "Content-Length: 5", "Expect: miracle"))
            .expects(status(417, 200)));
  }

  private static List<ConformanceCase> early() {
    return List.of(
        named("early-answer", "an answer before the end of the body reaches the client")
            .source("RFC 9110 7.5, RFC 9112 9.3")
            .sends(post("hello", "Content-Length: 100000"))
            .then(Step.awaitUpstream(1))
            .upstream((request, connection) -> connection.send(answer("403 Forbidden", "no")))
            .expects(status(403)),
        named("early-answer-closed", "the same where the service then closes")
            .source("RFC 9110 7.5, RFC 9112 9.6")
            .sends(post("x".repeat(50_000), "Content-Length: 100000"))
            .then(Step.awaitUpstream(1))
            .upstream(
                (request, connection) -> {
                  connection.send(answer("413 Content Too Large", "no", "Connection: close"));
                  connection.endSending();
                  connection.awaitAbort(request);
                })
            .route("/alone")
            .expects(status(413)),
        named("early-answer-next", "what is left of a body is no request")
            .source("RFC 9112 9.3")
            .sends(post("", "Content-Length: " + HIDDEN.length()))
            .then(Step.awaitAnswers(1))
            .sends(HIDDEN)
            .upstream(
                (request, connection) -> {
                  connection.send(answer("403 Forbidden", "no"));
                  connection.close();
                })
            .route("/alone")
            .expects(status(403), Upstream.never("/smuggled")));
  }

  private static List<ConformanceCase> aborts() {
    return List.of(
        named("abort-body", "a client that leaves in the middle of its body takes the request back")
            .source("RFC 9112 8")
            .sends(post("hel", "Content-Length: 5"))
            .then(Step.awaitUpstream(1))
            .then(Step.leave())
            .answers(0)
            .expects(oneOf(Upstream.aborted(), nothingUpstream())),
        named("abort-waiting", "a client that leaves before the answer takes the request back")
            .ownChoice("what nobody waits for should not be done")
            .sends(get())
            .upstream((request, connection) -> connection.awaitAbort(request))
            .then(Step.awaitUpstream(1))
            .then(Step.leave())
            .answers(0)
            .expects(Upstream.aborted()),
        named("abort-answer", "a client that leaves during the answer ends it")
            .ownChoice("an endless answer to nobody holds a connection for ever")
            .sends(get())
            .upstream(
                (request, connection) -> {
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
                  connection.awaitAbort(request);
                })
            .then(Step.awaitText("hello"))
            .then(Step.leave())
            .answers(0)
            .expects(Upstream.aborted()));
  }

  private static ConformanceCase upload(String id, String bytes) {
    return named(id, "a body of " + bytes.length() + " B arrives whole")
        .source("RFC 9112 6.2")
        .sends(post(bytes, "Content-Length: " + bytes.length()))
        .expects(status(200), body("ok"), Upstream.body(bytes));
  }

  private static Expectation interim(int status) {
    return new Expectation(
        "a " + status + " before it",
        seen -> seen.answers().stream().anyMatch(answer -> answer.status() == status));
  }

  private static Expectation noInterim() {
    return new Expectation(
        "no 100", seen -> seen.answers().stream().noneMatch(answer -> answer.isInterim()));
  }
}
