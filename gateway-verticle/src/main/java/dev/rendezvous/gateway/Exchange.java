package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.ProblemHandler;
import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.call.Answer;
import dev.rendezvous.discovery.call.CallFailure;
import dev.rendezvous.gateway.connection.ClientConnection;
import dev.rendezvous.gateway.connection.Connections;
import dev.rendezvous.gateway.route.RequestTarget;
import dev.rendezvous.gateway.route.RouteGate;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
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
  private final ClientConnection client;
  private final LastAnswer last;
  private final ExchangeRecord record;
  private @Nullable RequestBody body;
  private @Nullable UpstreamAttempt attempt;
  private @Nullable ResponseRelay relay;
  private long deadline = Long.MAX_VALUE;
  private @Nullable RouteGate passed;
  private boolean streams;
  private boolean over;

  Exchange(Forwarder forwarder, HttpServerRequest request, TraceContext trace) {
    this.forwarder = forwarder;
    this.request = request;
    this.response = request.response();
    this.client = ClientConnection.of(request.connection());
    this.last = new LastAnswer(request, client);
    this.record = new ExchangeRecord(request, trace, client.peer());
    client.exchangeBegan();
    response.endHandler(end -> ended());
  }

  /** Admits the request, finds its route and sends it on. */
  void begin() {
    try {
      admit();
    } catch (RuntimeException e) {
      record.logDefect(e);
      refuse(Failure.GATEWAY_ERROR);
    }
  }

  /** Refuses what Netty could not read; nothing after it on its connection can be read, either. */
  void beginMalformed() {
    last.announce();
    refuse(HeadLimits.refusedBy(request.decoderResult().cause()));
  }

  private void admit() {
    var admission = Edge.admit(request, forwarder.settings());
    if (!(admission instanceof Edge.Admitted admitted)) {
      refuse(((Edge.Refused) admission).failure());
      return;
    }
    if (admitted.target().equals(RequestTarget.SERVER) || Hops.isLast(request)) {
      closeIfNeeded();
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
            client.peer(),
            entered.host(),
            entered.service(),
            record.requestId(),
            forwarder.settings().trusted(),
            forwarder.traceparent(record));
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
      last.breakOff();
      return;
    }
    response.headers().clear();
    response.putHeader(RequestFields.REQUEST_ID, record.requestId());
    if (!isRead()) {
      last.announce();
    }
    closeIfNeeded();
    if (body != null) {
      body.discardRest();
    }
    ProblemHandler.write(request, problem, record.trace().traceId());
  }

  /** Passes on what a service says before its answer; HTTP/1.0 knows no such thing. */
  void interim(HttpConnection service, MultiMap fields) {
    if (!over && !response.headWritten() && request.version() != HttpVersion.HTTP_1_0) {
      Connections.sendInterim(service, request, ResponseFields.hints(fields));
    }
  }

  /** Lets the end of this answer be that of the connection, where it was or is to be announced. */
  void closeIfNeeded() {
    last.closeIfNeeded(isRead(), forwarder.limits().linger());
  }

  private boolean isRead() {
    if (body != null) {
      return body.isEnded();
    }
    // What Netty could not read may have a length that is no number.
    return request.decoderResult().isSuccess() && !RequestBody.isExpected(request);
  }

  private void bodyBroken(Throwable cause) {
    if (cause instanceof Http2Exception violation) {
      // RFC 9113 section 5.4.2; Vert.x only tells of it.
      record.failed(Failure.BAD_BODY);
      response.reset(violation.error().code());
      return;
    }
    if (!Connections.isEnd(cause)) {
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
    client.exchangeEnded();
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

  LastAnswer last() {
    return last;
  }

  ExchangeRecord record() {
    return record;
  }
}
