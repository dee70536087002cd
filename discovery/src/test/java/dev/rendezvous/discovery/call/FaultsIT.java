package dev.rendezvous.discovery.call;

import static dev.rendezvous.discovery.testing.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.call.CallFailure.Cause;
import dev.rendezvous.discovery.testing.ConsulProcess;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client of this version of Vert.x really throws, and that each is understood. */
class FaultsIT {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClientOptions client = new HttpClientOptions().setConnectTimeout(300);
  private final PoolOptions pool = new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(1);

  /** Vert.x closes a client that nobody refers to any more, its requests included. */
  private final List<HttpClient> held = new ArrayList<>();

  @AfterEach
  void close() {
    result(vertx.close());
  }

  private int serve(Handler<HttpServerRequest> handler) {
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(true);
    return result(vertx.createHttpServer(options).requestHandler(handler).listen(0, "127.0.0.1"))
        .actualPort();
  }

  private static RequestOptions to(int port) {
    return new RequestOptions().setHost("127.0.0.1").setPort(port).setTimeout(300);
  }

  private Future<HttpClientResponse> send(RequestOptions options) {
    return newClient().request(options).compose(HttpClientRequest::send);
  }

  private HttpClient newClient() {
    HttpClient created = vertx.createHttpClient(client, pool);
    held.add(created);
    return created;
  }

  private static Cause cause(Future<?> future) {
    return result(
        future.transform(ended -> Future.succeededFuture(Faults.classify(ended.cause()))));
  }

  @Test
  void nobodyListens() {
    assertThat(cause(send(to(ConsulProcess.freePorts(1).get(0))))).isEqualTo(Cause.REFUSED);
  }

  @Test
  void noSuchHost() {
    RequestOptions options = to(80).setHost("no-such-host.invalid").setConnectTimeout(5_000);
    assertThat(cause(send(options))).isEqualTo(Cause.REFUSED);
  }

  @Test
  void nobodyAnswersTheConnect() {
    // TEST-NET-1 (RFC 5737): routers drop it, or say at once that there is no way.
    Cause cause = cause(send(to(80).setHost("192.0.2.1").setConnectTimeout(2_000)));
    assertThat(cause).isIn(Cause.CONNECT_TIMEOUT, Cause.REFUSED);
  }

  @Test
  void noFirstByte() {
    assertThat(cause(send(to(serve(request -> {}))))).isEqualTo(Cause.FIRST_BYTE_TIMEOUT);
  }

  @Test
  void closedBeforeTheAnswer() {
    assertThat(cause(send(to(serve(request -> request.connection().close())))))
        .isEqualTo(Cause.CONNECTION_LOST);
  }

  @Test
  void noAnswerButNoise() {
    int port =
        result(
                vertx
                    .createNetServer()
                    .connectHandler(socket -> socket.handler(data -> socket.write("noise\r\n\r\n")))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    assertThat(cause(send(to(port)))).isEqualTo(Cause.CONNECTION_LOST);
  }

  @Test
  void aStreamThatIsReset() {
    client.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
    assertThat(cause(send(to(serve(request -> request.response().reset(2))))))
        .isEqualTo(Cause.CONNECTION_LOST);
    assertThat(cause(send(to(serve(request -> request.response().reset(7))))))
        .isEqualTo(Cause.OVERLOADED);
  }

  @Test
  void waitingForAConnectionForTooLongAndAFullQueue() {
    RequestOptions options = to(serve(request -> {}));
    HttpClient shared = newClient();
    HttpClientRequest first = result(shared.request(options.setIdleTimeout(1_000)));
    Future<HttpClientRequest> second = shared.request(options);
    Future<HttpClientRequest> third = shared.request(options);
    assertThat(cause(third)).isEqualTo(Cause.OVERLOADED);
    assertThat(cause(second)).isEqualTo(Cause.CONNECT_TIMEOUT);
    assertThat(cause(first.send())).isEqualTo(Cause.FIRST_BYTE_TIMEOUT);
  }

  @Test
  void theCallerGaveUp() {
    assertThat(Faults.classify(new CancellationException())).isEqualTo(Cause.CANCELLED);
  }

  @Test
  void aBugIsNoFault() {
    assertThat(Faults.classify(new IllegalStateException())).isNull();
  }
}
