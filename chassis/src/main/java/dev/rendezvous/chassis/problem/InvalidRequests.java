package dev.rendezvous.chassis.problem;

import dev.rendezvous.chassis.telemetry.TraceContext;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is not HTTP with a problem, too, and ends its connection: its framing is lost. */
public final class InvalidRequests implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  @Override
  public void handle(HttpServerRequest request) {
    var cause = request.decoderResult().cause();
    var problem =
        cause instanceof TooLongHttpLineException
            ? StandardProblems.URI_TOO_LONG.because("the request line is over its limit")
            : cause instanceof TooLongHttpHeaderException
                ? StandardProblems.HEADERS_TOO_LARGE.because(
                    "the header fields are over their limit")
                : StandardProblems.MALFORMED_REQUEST.because("the request is not valid HTTP");
    var trace = TraceContext.of(request.getHeader(TraceContext.HEADER)).traceId();
    LOG.atInfo()
        .addKeyValue("status", problem.problem().type().status())
        .addKeyValue("cause", String.valueOf(cause))
        .addKeyValue("remote", String.valueOf(request.remoteAddress()))
        .addKeyValue("trace_id", trace)
        .log("invalid request");
    var response = request.response();
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(problem.problem().type().status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          // Netty's stand-in for a target that could not be read means nothing to a client.
          .end(problem.problem().toJson("/", trace).toBuffer())
          .onComplete(sent -> request.connection().close());
    }
  }
}
