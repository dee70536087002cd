package dev.rendezvous.discovery.testing;

import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.discovery.call.Answer;
import dev.rendezvous.discovery.call.Attempt;
import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.discovery.call.Verdict;
import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/** Sends through a Discovery as a service would: a plain client, told whom to ask. */
public final class TestCaller {

  private final Discovery discovery;
  private final HttpClient client;

  public TestCaller(Vertx vertx, Discovery discovery) {
    this.discovery = discovery;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) Call.CONNECT_TIMEOUT.toMillis()),
            new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(256));
  }

  public Future<Answer<HttpClientResponse>> call(Call call, HttpMethod method) {
    return discovery.call(call, new HttpAttempt(call.service(), method));
  }

  public Future<Answer<HttpClientResponse>> get(String service) {
    return call(Call.retryable(service, Duration.ofSeconds(2)), HttpMethod.GET);
  }

  private final class HttpAttempt implements Attempt<HttpClientResponse> {

    private final String service;
    private final HttpMethod method;

    private HttpAttempt(String service, HttpMethod method) {
      this.service = service;
      this.method = method;
    }

    @Override
    public Future<HttpClientResponse> send(ServiceInstance instance, Duration firstByte) {
      RequestOptions options =
          new RequestOptions()
              .setServer(instance.address())
              .setHost(instance.host())
              .setPort(instance.port())
              .setMethod(method)
              .setURI("/")
              .setConnectTimeout(firstByte.toMillis())
              .putHeader(Discovery.SERVICE_HEADER, service);
      long began = System.nanoTime();
      return client
          .request(options)
          .compose(
              request -> {
                long waited = Duration.ofNanos(System.nanoTime() - began).toMillis();
                return request.idleTimeout(Math.max(1, firstByte.toMillis() - waited)).send();
              });
    }

    @Override
    public Verdict judge(HttpClientResponse answer) {
      return Verdict.ofStatus(answer.statusCode());
    }

    @Override
    public void discard(HttpClientResponse answer) {
      answer.body();
    }
  }
}
