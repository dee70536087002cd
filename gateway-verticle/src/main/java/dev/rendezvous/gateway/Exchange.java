package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.ProblemHandler;
import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.call.Answer;
import dev.rendezvous.discovery.call.CallFailure;
import dev.rendezvous.gateway.route.RequestTarget;
import dev.rendezvous.gateway.route.RouteGate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to the end of its answer; all of it happens on one event loop.
 *
 * <p>It ends exactly once, whichever way: answered, refused, broken off, or left by its client.
 */
final class Exchange {
  /** RFC 9113 section 7: the rest of the request is not needed. */
  private static final long NO_ERROR = 0;

  private final Forwarder forwarder;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ExchangeRecord record;
  private @Nullable RequestBody body;
  private @Nullable UpstreamAttempt attempt;
  private @Nullable ResponseRelay relay;
  private long deadline = Long.MAX_VALUE;
  private @Nullable RouteGate passed;
  private boolean closing;
  private boolean streams;
  private boolean over;

  Exchange(Forwarder forwarder, HttpServerRequest request, TraceContext trace) {
    this.forwarder = forwarder;
    this.request = request;
    this.response = request.response();
    this.record = new ExchangeRecord(request, trace);
  }

  /** Admits the request, finds its route and sends it on. */
  void begin() {
    response.endHandler(end -> ended());
    try {
      admit();
    } catch (RuntimeException e) {
      record.logDefect(e);
      refuse(Failure.GATEWAY_ERROR);
    }
  }

  private void admit() {
    var admission = Edge.admit(request);
    if (!(admission instanceof Edge.Admitted admitted)) {
      refuse(((Edge.Refused) admission).failure());
      return;
    }
    if (admitted.target().equals(RequestTarget.SERVER)) {
      response.putHeader(HttpHeaders.ALLOW, Failure.FORWARDED_METHODS).setStatusCode(204).end();
      return;
    }
    var entry = Entrance.enter(forwarder.routes(), admitted, record);
    if (!(entry instanceof Entrance.Entered entered)) {
      var refused = (Entrance.Refused) entry;
      refuse(refused.failure(), refused.headers());
      return;
    }
    passed = entered.route().gate();
    deadline = record.begun() + entered.route().times().exchange().toNanos();
    forwarder.entered(this);
    // Either end can fail at any time; what follows from it is decided at one place, in ended().
    request.exceptionHandler(this::bodyBroken);
    response.exceptionHandler(broken -> {});
    send(entered);
  }

  private void send(Entrance.Entered entered) {
    var route = entered.route();
    var nominated = FieldNames.nominated(request.headers());
    var repeatable = Repetition.isHarmless(request, nominated);
    var incoming = RequestBody.of(request, repeatable, route.bodyLimit(), this::refuse);
    body = incoming;
    if (incoming.isTooLarge()) {
      refuse(Failure.REQUEST_TOO_LARGE);
      return;
    }
    var own =
        new RequestFields.Own(
            entered.host(), entered.service(), record.requestId(), forwarder.traceparent(record));
    attempt = new UpstreamAttempt(this, entered.uri(), nominated, own, incoming);
    if (incoming.isToCollect() && !RequestBody.expectsContinue(request)) {
      incoming.collect().onSuccess(collected -> call(entered, repeatable));
    } else {
      call(entered, repeatable);
    }
  }

  private void call(Entrance.Entered entered, boolean repeatable) {
    if (over || body == null || attempt == null) {
      return;
    }
    var call = entered.call(repeatable, body.isRepeatable());
    forwarder.discovery().call(call, attempt).onComplete(this::answered, this::unanswered);
  }

  private void answered(Answer<HttpClientResponse> answer) {
    if (over) {
      Connections.cut(answer.value().request().connection());
      return;
    }
    var passing = new ResponseRelay(this, answer.value());
    relay = passing;
    try {
      passing.start();
    } catch (RuntimeException e) {
      // Such as a field that HTTP does not allow, which Vert.x reads but does not write.
      record.logDefect(e);
      refuse(Failure.UPSTREAM_BROKEN);
    }
  }

  private void unanswered(Throwable cause) {
    if (!over && !(cause instanceof CallFailure)) {
      record.logDefect(cause);
    }
    refuse(Failure.of(cause));
  }

  /** Answers with a problem, or breaks the answer off when its head is out already. */
  void refuse(Failure failure) {
    refuse(failure, Map.of());
  }

  private void refuse(Failure failure, Map<String, String> headers) {
    var problem = failure.problem(headers);
    if (over || problem == null) {
      return;
    }
    record.failed(failure);
    if (response.headWritten()) {
      breakOff();
      return;
    }
    response.headers().clear();
    response.putHeader(RequestFields.REQUEST_ID, record.requestId());
    if (!isRead() || forwarder.drain().begun()) {
      announceClose();
    }
    closeIfNeeded();
    if (body != null) {
      body.discardRest();
    }
    ProblemHandler.write(request, problem, record.trace().traceId());
  }

  /** Makes the client see that its answer is not whole. */
  private void breakOff() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset();
    } else {
      Connections.cut(request.connection());
    }
  }

  /** Tells the client, with the head of its answer, that no other will follow on its connection. */
  void announceClose() {
    closing = true;
    if (request.version() != HttpVersion.HTTP_2 && !response.headWritten()) {
      // Vert.x writes a field of its own for HTTP/1.0; this comes after it.
      response.headersEndHandler(
          writing -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
  }

  /**
   * Lets the end of this answer be the end of the connection where that was announced, or where a
   * body is on its way that nobody wants. What still comes is read for a while, since closing at
   * once could destroy the answer before the client has read it (RFC 9112 section 9.6).
   */
  void closeIfNeeded() {
    if ((closing || !isRead()) && request.version() != HttpVersion.HTTP_2) {
      request.connection().shutdown(forwarder.limits().linger().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Passes on what a service says before its answer (RFC 8297); HTTP/1.0 knows no such thing. */
  void earlyHints(MultiMap hints) {
    if (!over && !response.headWritten() && request.version() != HttpVersion.HTTP_1_0) {
      response.writeEarlyHints(hints);
    }
  }

  private boolean isRead() {
    return body == null ? !RequestBody.isExpected(request) : body.isEnded();
  }

  private void bodyBroken(Throwable cause) {
    var clientGone =
        cause instanceof HttpClosedException
            || cause instanceof StreamResetException
            || cause instanceof IOException;
    if (!clientGone) {
      refuse(Failure.BAD_BODY);
      // Vert.x closes next, without having written what it was given while it reads.
      Connections.flush(request.connection());
    }
  }

  /** Called a few times a second, in place of timers of its own. */
  void tick(long now) {
    if (attempt != null) {
      attempt.tick(now);
    }
    if (now - deadline >= 0) {
      deadline = Long.MAX_VALUE;
      refuse(timeout());
    }
  }

  private Failure timeout() {
    if (streams) {
      return Failure.STREAM_IDLE;
    }
    if (relay != null) {
      return Failure.EXCHANGE_TIMEOUT;
    }
    return body != null && body.isAwaited() ? Failure.SLOW_REQUEST : Failure.UPSTREAM_TIMEOUT;
  }

  /** Something passed on a stream, which may last as long as it is not silent for too long. */
  void streams() {
    streams = true;
    deadline = System.nanoTime() + forwarder.streamIdleNanos(record);
  }

  /** The answer is written, or its client has gone; nothing of it may stay behind. */
  void ended() {
    if (over) {
      return;
    }
    over = true;
    forwarder.left(this);
    if (passed != null) {
      passed.leave();
    }
    if (!response.ended()) {
      record.failed(Failure.CLIENT_GONE);
    }
    var wholeMessages = relay != null && relay.isComplete() && isRead();
    if (attempt != null && !(wholeMessages && !Tunnel.isAskedFor(request))) {
      attempt.abandon();
    }
    if (body != null && !body.isEnded()) {
      body.discardRest();
      if (request.version() == HttpVersion.HTTP_2) {
        response.reset(NO_ERROR);
      }
    }
    forwarder.log().record(record, response);
  }

  /** Whether nobody waits for an answer any more. */
  boolean isOver() {
    return over;
  }

  Forwarder forwarder() {
    return forwarder;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return response;
  }

  ExchangeRecord record() {
    return record;
  }
}
