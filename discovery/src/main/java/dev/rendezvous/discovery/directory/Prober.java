package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.instance.ServiceInstance;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.TimeoutException;

/**
 * Asks an instance itself whether it is there.
 *
 * <p>Asks {@code /health/ready} where it told its management port, and otherwise only connects,
 * which a process that hangs still lets happen.
 */
public final class Prober {

  private static final int TIMEOUT_MILLIS = 1_000;

  private final HttpClient http;
  private final NetClient tcp;

  /** What an instance had to say. */
  public enum Finding {
    /** Ready, or at least accepting connections. */
    ANSWERS,
    /** It says itself that it is not ready: it drains, or lacks what it needs. */
    NOT_READY,
    /** Nobody listens there. */
    REFUSES,
    /** Neither yes nor no within a second. */
    SILENT
  }

  /** A prober with connections of its own, none of them kept. */
  public Prober(Vertx vertx) {
    http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS).setKeepAlive(false),
            new PoolOptions().setHttp1MaxSize(16));
    tcp = vertx.createNetClient(new NetClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
  }

  /** What the instance says now; never fails. */
  public Future<Finding> probe(ServiceInstance instance) {
    Integer port = instance.managementPort();
    return port == null ? connect(instance) : ready(instance, port);
  }

  /**
   * What the instance says at a path of its own service, where it told no management port; never
   * fails.
   */
  public Future<Finding> probe(ServiceInstance instance, String path) {
    return instance.managementPort() != null
        ? probe(instance)
        : get(instance.host(), instance.port(), path)
            .otherwise(failure -> isTimeout(failure) ? Finding.SILENT : Finding.REFUSES);
  }

  private Future<Finding> ready(ServiceInstance instance, int port) {
    return readiness(instance.host(), port)
        // Its management port may be closed to us, or it may be gone: its own port tells.
        .recover(
            failure ->
                isTimeout(failure) ? Future.succeededFuture(Finding.SILENT) : connect(instance));
  }

  /** Whether {@code /health/ready} says yes there; fails when nobody answers. */
  private Future<Finding> readiness(String host, int port) {
    return get(host, port, "/health/ready");
  }

  private Future<Finding> get(String host, int port, String path) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(host)
            .setPort(port)
            .setURI(path)
            .setTimeout(TIMEOUT_MILLIS);
    return http.request(request)
        .compose(HttpClientRequest::send)
        .map(answer -> answer.statusCode() / 100 == 2 ? Finding.ANSWERS : Finding.NOT_READY);
  }

  /** Whether an instance about to be registered says itself that it is ready; never fails. */
  public Future<Boolean> isReady(Registration registration) {
    return readiness(registration.host(), registration.managementPort())
        .map(finding -> finding == Finding.ANSWERS)
        .otherwise(false);
  }

  private Future<Finding> connect(ServiceInstance instance) {
    return tcp.connect(instance.address())
        .compose(socket -> socket.close())
        .map(Finding.ANSWERS)
        .otherwise(failure -> isTimeout(failure) ? Finding.SILENT : Finding.REFUSES);
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException || failure instanceof ConnectTimeoutException;
  }

  /** Cuts every probe that is under way. */
  public Future<Void> close() {
    return Future.join(http.close(), tcp.close()).mapEmpty();
  }
}
