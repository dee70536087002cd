package dev.rendezvous.gateway;

import dev.rendezvous.discovery.call.Attempt;
import dev.rendezvous.discovery.call.Verdict;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.gateway.connection.Connections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one client's request to an instance, as often as it is told to, up to the answer's head.
 *
 * <p>A request that nobody waits for any more sends nothing, also when it gets its turn late.
 */
final class UpstreamAttempt implements Attempt<HttpClientResponse> {
  private final Exchange exchange;
  private final String uri;
  private final List<String> nominated;
  private final RequestFields.Own own;
  private final RequestBody body;
  private @Nullable HttpClientRequest upstream;
  private @Nullable Promise<HttpClientResponse> head;
  private long headLimit;
  private long headDeadline;
  private boolean headSent;

  UpstreamAttempt(
      Exchange exchange,
      String uri,
      List<String> nominated,
      RequestFields.Own own,
      RequestBody body) {
    this.exchange = exchange;
    this.uri = uri;
    this.nominated = nominated;
    this.own = own;
    this.body = body;
  }

  @Override
  public Future<HttpClientResponse> send(ServiceInstance instance, Duration firstByte) {
    exchange.record().tries(instance);
    upstream = null;
    headSent = false;
    var options =
        new RequestOptions()
            .setServer(instance.address())
            .setMethod(exchange.request().method())
            .setURI(uri)
            // Bounds the wait for a pooled connection; the client bounds each connect itself.
            .setConnectTimeout(Math.max(1, firstByte.toMillis()));
    return exchange
        .forwarder()
        .client()
        .request(options)
        .recover(UpstreamAttempt::noConnection)
        .compose(connected -> forward(connected, firstByte));
  }

  /** A connect that takes too long has another type: this one waited for its turn. */
  private static Future<HttpClientRequest> noConnection(Throwable cause) {
    return Future.failedFuture(
        cause instanceof TimeoutException
            ? new ConnectionPoolTooBusyException("no connection became free in time")
            : cause);
  }

  private Future<HttpClientResponse> forward(HttpClientRequest connected, Duration firstByte) {
    // The failed response tells; without a handler of its own Vert.x would log it, too.
    connected.exceptionHandler(failure -> {});
    if (exchange.isOver()) {
      connected.reset();
      return Future.failedFuture(new CancellationException("the client has gone"));
    }
    upstream = connected;
    exchange.record().connectionStands();
    var request = exchange.request();
    RequestFields.copy(request, nominated, own, connected.headers());
    if (!body.isEnded() && RequestBody.expectsContinue(request)) {
      exchange.response().writeContinue();
      if (body.isToCollect()) {
        return body.collect().compose(collected -> write(connected, firstByte));
      }
    }
    return write(connected, firstByte);
  }

  private Future<HttpClientResponse> write(HttpClientRequest connected, Duration firstByte) {
    Promise<HttpClientResponse> answer = Promise.promise();
    head = answer;
    headLimit = firstByte.toNanos();
    headDeadline = System.nanoTime() + headLimit;
    headSent = true;
    // A try that was given up may still be heard of; it must not be taken for the next one.
    connected
        .response()
        .onComplete(response -> headArrived(answer, response), failure -> failed(answer, failure));
    if (Tunnel.isAskedFor(exchange.request())) {
      Tunnel.ask(connected, exchange.request());
    } else {
      connected.earlyHintsHandler(hints -> exchange.interim(connected.connection(), hints));
      body.sendTo(connected);
    }
    return answer.future();
  }

  private void headArrived(Promise<HttpClientResponse> answer, HttpClientResponse response) {
    if (head == answer) {
      head = null;
      response.pause();
      exchange.record().answered();
      answer.complete(response);
    }
  }

  private void failed(Promise<HttpClientResponse> answer, Throwable cause) {
    if (head == answer) {
      head = null;
      upstream = null;
      answer.fail(cause);
    }
  }

  /** Gives the try up when its first byte is overdue. */
  void tick(long now) {
    var answer = head;
    var late = upstream;
    if (answer == null || late == null) {
      return;
    }
    if (body.isAwaited()) {
      // The service cannot be expected to answer what it has not been asked in full.
      headDeadline = now + headLimit;
    } else if (now - headDeadline >= 0) {
      head = null;
      upstream = null;
      Connections.cut(late.connection());
      answer.fail(new FirstByteTimeout());
    }
  }

  @Override
  public Verdict judge(HttpClientResponse answer) {
    return Verdict.ofStatus(answer.statusCode());
  }

  @Override
  public void discard(HttpClientResponse answer) {
    upstream = null;
    if (body.isEnded()) {
      // Read to its end, the answer gives its connection back.
      answer.exceptionHandler(broken -> {}).handler(ignored -> {}).resume();
    } else {
      Connections.cut(answer.request().connection());
    }
  }

  @Override
  public boolean cancelled() {
    return exchange.isOver();
  }

  /** Frees what the last try holds; a connection with half a message on it cannot be kept. */
  void abandon() {
    var last = upstream;
    upstream = null;
    if (last == null) {
      return;
    }
    if (headSent) {
      Connections.cut(last.connection());
    } else {
      last.reset();
    }
  }

  /** Carries no stack trace: under an outage there are many. */
  private static final class FirstByteTimeout extends TimeoutException {
    private static final long serialVersionUID = 1;

    FirstByteTimeout() {
      super("no first byte in time");
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
