package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.ProblemHandler;
import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.call.Answer;
import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.discovery.call.CallFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its head to the end of its answer; all of it happens on one event loop.
 *
 * <p>It ends exactly once, whichever way: answered, refused, broken off, or left by its client.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

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
  private boolean closing;
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
      logDefect(e);
      refuse(Failure.GATEWAY_ERROR);
    }
  }

  private void admit() {
    var admission = Edge.admit(request);
    if (!(admission instanceof Edge.Admitted admitted)) {
      refuse(((Edge.Refused) admission).failure());
      return;
    }
    var route = forwarder.routes().find(admitted.target().path());
    if (route == null) {
      refuse(Failure.NO_ROUTE);
      return;
    }
    record.routed(route);
    deadline = record.begun() + route.exchange().toNanos();
    forwarder.entered(this);
    // Either end can fail at any time; what follows from it is decided at one place, in ended().
    request.exceptionHandler(this::bodyBroken);
    response.exceptionHandler(broken -> {});
    send(admitted, route);
  }

  private void send(Edge.Admitted admitted, Route route) {
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
            admitted.host(), route.service(), record.requestId(), forwarder.traceparent(record));
    attempt = new UpstreamAttempt(this, admitted.target().uri(), nominated, own, incoming);
    if (incoming.isToCollect() && !RequestBody.expectsContinue(request)) {
      incoming.collect().onSuccess(collected -> call(route, repeatable));
    } else {
      call(route, repeatable);
    }
  }

  private void call(Route route, boolean repeatable) {
    if (over || body == null || attempt == null) {
      return;
    }
    var kept = body.isRepeatable();
    var call =
        new Call(
            route.service(), repeatable && kept, kept, route.firstByte(), Call.FIRST_BYTE_TIMEOUT);
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
      logDefect(e);
      refuse(Failure.UPSTREAM_BROKEN);
    }
  }

  private void unanswered(Throwable cause) {
    if (!over && !(cause instanceof CallFailure)) {
      logDefect(cause);
    }
    refuse(Failure.of(cause));
  }

  private void logDefect(Throwable cause) {
    LOG.atError()
        .setCause(cause)
        .addKeyValue("trace_id", record.trace().traceId())
        .log("{} {} failed", request.method(), request.path());
  }

  /** Answers with a problem, or breaks the answer off when its head is out already. */
  void refuse(Failure failure) {
    var problem = failure.problem();
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
    if (relay != null) {
      return Failure.EXCHANGE_TIMEOUT;
    }
    return body != null && body.isAwaited() ? Failure.SLOW_REQUEST : Failure.UPSTREAM_TIMEOUT;
  }

  /** From now on the exchange may last as long as something happens within this time. */
  void extend(long nanos) {
    deadline = System.nanoTime() + nanos;
  }

  /** No time-out any more: a tunnel lasts until one of its ends closes it. */
  void untilClosed() {
    deadline = Long.MAX_VALUE;
  }

  /** The answer is written, or its client has gone; nothing of it may stay behind. */
  void ended() {
    if (over) {
      return;
    }
    over = true;
    forwarder.left(this);
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
