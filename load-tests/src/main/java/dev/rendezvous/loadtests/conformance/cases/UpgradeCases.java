package dev.rendezvous.loadtests.conformance.cases;

import static dev.rendezvous.loadtests.conformance.ConformanceCase.named;
import static dev.rendezvous.loadtests.conformance.Expectation.body;
import static dev.rendezvous.loadtests.conformance.Expectation.closed;
import static dev.rendezvous.loadtests.conformance.Expectation.field;
import static dev.rendezvous.loadtests.conformance.Expectation.status;
import static dev.rendezvous.loadtests.conformance.cases.Texts.answer;
import static dev.rendezvous.loadtests.conformance.cases.Texts.get;
import static dev.rendezvous.loadtests.conformance.cases.Texts.lines;

import dev.rendezvous.loadtests.backend.BackendConnection;
import dev.rendezvous.loadtests.backend.ReceivedRequest;
import dev.rendezvous.loadtests.backend.Script;
import dev.rendezvous.loadtests.conformance.ConformanceCase;
import dev.rendezvous.loadtests.conformance.Expectation;
import dev.rendezvous.loadtests.conformance.Step;
import dev.rendezvous.loadtests.conformance.Upstream;
import java.io.IOException;
import java.util.List;

/** Connections that become something else, and answers without end. */
final class UpgradeCases {
  private static final String[] WEB_SOCKET = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };
  private static final String SWITCHED =
      lines(
          "HTTP/1.1 101 Switching Protocols",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

  /** The head of a stream of events, and the first of them in a chunk. */
  private static final String FIRST_EVENT =
      lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
          + "b\r\ndata: one\n\n\r\n";

  /** A masked text frame, "Hello" (RFC 6455 section 5.7). */
  private static final String HELLO = "\u0081\u00857\u00fa!=\u007f\u009fMQX";

  private static final String SOURCE = "RFC 6455 4, RFC 9110 7.8";

  private UpgradeCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        named("websocket", "a WebSocket is opened")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .upstream(UpgradeCases::echo)
            .expects(
                status(101),
                field("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                lowerCaseField("upgrade", "websocket"),
                lowerCaseField("connection", "upgrade")),
        named("websocket-asked", "the service sees the request for one")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .upstream(UpgradeCases::echo)
            .expects(
                Upstream.fieldWith("upgrade", "websocket"),
                Upstream.fieldWith("connection", "upgrade"),
                Upstream.field("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")),
        named("websocket-echo", "frames go both ways as they are")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .then(Step.awaitText("\r\n\r\n"))
            .sends(HELLO)
            .then(Step.awaitText(HELLO))
            .sends(HELLO.repeat(1000))
            .then(Step.awaitText(HELLO.repeat(1001)))
            .upstream(UpgradeCases::echo)
            .expects(received(HELLO.repeat(1001))),
        named("websocket-first-word", "the service may speak first")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .then(Step.awaitText("first"))
            .upstream(
                (got, connection) -> {
                  connection.send(SWITCHED + "first");
                  connection.echo(got);
                })
            .expects(received("first")),
        named("websocket-closed-inside", "the end at the service is the end for the client")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .upstream(Script.answeringAndClosing(SWITCHED))
            .expects(status(101), closed()),
        named("websocket-closed-outside", "the end at the client is the end for the service")
            .source(SOURCE)
            .sends(get(WEB_SOCKET))
            .then(Step.awaitText("\r\n\r\n"))
            .then(Step.leave())
            .upstream(
                (got, connection) -> {
                  connection.send(SWITCHED);
                  connection.awaitAbort(got);
                })
            .answers(0)
            .expects(Upstream.aborted()),
        refused("websocket-401", "401 Unauthorized", 401, "WWW-Authenticate: Bearer realm=\"x\""),
        refused("websocket-403", "403 Forbidden", 403, "X-Reason: because"),
        refused("websocket-426", "426 Upgrade Required", 426, "Sec-WebSocket-Version: 8"),
        refused("websocket-200", "200 OK", 200, "X-Reason: no such thing"),
        named("websocket-refused-next", "after a refusal the connection serves requests")
            .source("RFC 9110 7.8")
            .sends(get(WEB_SOCKET))
            .then(Step.awaitAnswers(1))
            .sends(get())
            .upstreamAnswers(answer("403 Forbidden", "no"))
            .answers(2)
            .expects(status(403), Expectation.oneOf(closed(), Expectation.answers(2))),
        named("websocket-forwarded", "the service of a WebSocket learns of the client, too")
            .source("convention")
            .sends(get(WEB_SOCKET))
            .upstream(UpgradeCases::echo)
            .expects(Upstream.fieldWith("x-forwarded-for", "127.0.0.1")),
        named("websocket-1-0", "HTTP/1.0 cannot upgrade")
            .source("RFC 9110 7.8")
            .sends(get(WEB_SOCKET).replace("HTTP/1.1", "HTTP/1.0"))
            .expects(status(200, 400, 426)),
        named("websocket-dead", "a service that refuses connections is a 502 or 503")
            .source("RFC 9110 15.6.3")
            .route("/dead")
            .sends(get(WEB_SOCKET))
            .expects(status(502, 503)),
        named("upgrade-h2c", "an upgrade to HTTP/2 is the gateway's own business")
            .source("RFC 9113 3.1, RFC 9110 7.6.1")
            .sends(
                get(
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__"))
            .answers(1)
            .expects(
                status(200, 101),
                Upstream.fieldWithout("upgrade", "h2c"),
                Upstream.noField("http2-settings")),
        named("events", "an event does not wait for the next")
            .ownChoice("WHATWG HTML 9.2 leaves it to the proxies; buffered, it is useless")
            .sends(get("Accept: text/event-stream"))
            .then(Step.awaitText("data: one\n\n"))
            .upstream(
                (got, connection) -> {
                  connection.send(FIRST_EVENT);
                  connection.awaitAbort(got);
                })
            .answers(0)
            .expects(received("data: one\n\n")),
        named("events-left", "the service sees that its listener has left")
            .ownChoice("a stream to nobody never ends by itself")
            .sends(get("Accept: text/event-stream"))
            .then(Step.awaitText("data: one\n\n"))
            .then(Step.leave())
            .upstream(
                (got, connection) -> {
                  connection.send(FIRST_EVENT);
                  connection.awaitAbort(got);
                })
            .answers(0)
            .expects(Upstream.aborted()));
  }

  private static void echo(ReceivedRequest request, BackendConnection connection)
      throws IOException {
    connection.send(SWITCHED);
    connection.echo(request);
  }

  private static ConformanceCase refused(String id, String status, int code, String kept) {
    var colon = kept.indexOf(':');
    return named(id, "a refusal keeps its status, fields and body: " + status)
        .source("RFC 6455 4.2.2, RFC 9110 15")
        .sends(get(WEB_SOCKET))
        .upstreamAnswers(answer(status, "the reason", kept))
        .expects(
            status(code),
            body("the reason"),
            field(kept.substring(0, colon), kept.substring(colon + 2)));
  }

  private static Expectation received(String text) {
    return new Expectation("what the service sent", seen -> seen.received().contains(text));
  }

  private static Expectation lowerCaseField(String name, String value) {
    return new Expectation(
        name + ": " + value,
        seen ->
            seen.answer()
                .filter(got -> got.fields(name).stream().anyMatch(value::equalsIgnoreCase))
                .isPresent());
  }
}
