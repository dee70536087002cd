package dev.rendezvous.discovery.consul;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two requests that vertx-consul-client cannot express: a stale read and a full registration.
 */
final class ConsulHttp {

  /**
   * One connection a watched service, below the 200 that an agent grants a client by default
   * (Consul's {@code http_max_conns_per_client}).
   */
  private static final int CONNECTIONS = 180;

  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int MOST_OF_A_BODY_TO_REPORT = 200;

  private final ConsulTarget target;
  private final HttpClient http;

  /** A body and the version that Consul gave it. */
  record Versioned(@Nullable String index, Buffer body) {}

  ConsulHttp(Vertx vertx, ConsulTarget target) {
    this.target = target;
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setDefaultHost(target.agent().host())
            .setDefaultPort(target.agent().port())
            .setSsl(target.tls())
            .setTrustOptions(target.trust());
    http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Fails when the status is not 200, or the answer has no end within {@code patience}. */
  Future<Versioned> get(String uri, Duration patience) {
    return send(HttpMethod.GET, uri, Buffer.buffer(), patience);
  }

  /** Fails like {@link #get}. */
  Future<Void> put(String uri, JsonObject body, Duration patience) {
    return send(HttpMethod.PUT, uri, body.toBuffer(), patience).mapEmpty();
  }

  private Future<Versioned> send(HttpMethod method, String uri, Buffer body, Duration patience) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setURI(uri)
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    if (target.token() != null) {
      options.putHeader("X-Consul-Token", target.token());
    }
    return http.request(options).compose(request -> exchange(request, body, patience));
  }

  /** The idle time-out of Vert.x ends with the head; a body may hang, too. */
  private Future<Versioned> exchange(HttpClientRequest request, Buffer body, Duration patience) {
    return request
        .send(body)
        .compose(answer -> answer.body().compose(content -> read(answer, content)))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.reset());
  }

  private Future<Versioned> read(HttpClientResponse answer, Buffer body) {
    if (answer.statusCode() == 200) {
      return Future.succeededFuture(new Versioned(answer.getHeader("X-Consul-Index"), body));
    }
    String text = body.toString().strip();
    String start = text.substring(0, Math.min(text.length(), MOST_OF_A_BODY_TO_REPORT));
    return Future.failedFuture(
        new IOException(target + " answered " + answer.statusCode() + ": " + start));
  }

  /** Cuts every request that is under way. */
  Future<Void> close() {
    return http.close();
  }
}
