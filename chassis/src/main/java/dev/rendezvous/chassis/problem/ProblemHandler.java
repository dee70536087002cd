package dev.rendezvous.chassis.problem;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that turns a failure into an answer. */
public final class ProblemHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Function<RoutingContext, String> traceId;

  public ProblemHandler(Function<RoutingContext, String> traceId) {
    this.traceId = traceId;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    if (context.failure() instanceof HttpClosedException || context.response().closed()) {
      return; // Nobody is there to be answered; the access log has it.
    }
    var problem = problem(context);
    if (problem.type().equals(StandardProblems.INTERNAL_ERROR)) {
      LOG.atError()
          .setCause(context.failure())
          .addKeyValue("trace_id", traceId.apply(context))
          .log("{} {} failed", request.method(), request.path());
    }
    if (!request.isEnded() && !context.response().headWritten()) {
      // What is left of it must not be taken for the next request.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      linger(request);
    }
    write(request, problem, traceId.apply(context));
  }

  /**
   * Reads what the client still sends, and closes when that ends or has lasted too long: closing at
   * once could destroy the answer before the client has read it (RFC 9112 section 9.6).
   */
  private static void linger(HttpServerRequest request) {
    request.handler(rest -> {}).resume();
    // Before the answer: asked for after it, a shutdown does not wait for the rest.
    request.connection().shutdown(LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Problem problem(RoutingContext context) {
    if (context.failure() instanceof ProblemException known) {
      return known.problem();
    }
    // Without an exception of ours it is vertx-web or Netty that refuses.
    var status = context.statusCode();
    if (!context.request().isEnded() && status >= 500) {
      return (status == 503
              ? StandardProblems.REQUEST_TIMEOUT.because("the body did not arrive in time")
              : StandardProblems.MALFORMED_REQUEST.because("the body cannot be read"))
          .problem();
    }
    var refusal =
        switch (status) {
          case 404 -> StandardProblems.UNKNOWN_PATH.because("there is nothing at this path");
          case 413 -> StandardProblems.BODY_TOO_LARGE.because("the body is over 64 KiB");
          case 417 -> StandardProblems.EXPECTATION_FAILED.because("only 100-continue is known");
          case 503 ->
              StandardProblems.DEADLINE_EXCEEDED.because("try again").with("Retry-After", "1");
          default ->
              status >= 400 && status < 500
                  ? StandardProblems.MALFORMED_REQUEST.because("the request cannot be read")
                  : StandardProblems.INTERNAL_ERROR.because("the log has the cause, by trace_id");
        };
    return refusal.problem();
  }

  /**
   * Answers a request with a problem. When the head of another answer is out already, the
   * connection is broken instead, so that nobody takes the half for the whole.
   */
  public static void write(HttpServerRequest request, Problem problem, String traceId) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      request.connection().close();
      return;
    }
    problem.headers().forEach(response::putHeader);
    response
        .setStatusCode(problem.type().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(problem.toJson(path(request), traceId).toBuffer());
  }

  private static String path(HttpServerRequest request) {
    var path = request.path();
    return path == null ? "/" : path;
  }
}
