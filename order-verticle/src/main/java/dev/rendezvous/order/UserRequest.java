package dev.rendezvous.order;

import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.discovery.call.Attempt;
import dev.rendezvous.discovery.call.Verdict;
import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question to the user service, sent to whichever instance is picked.
 *
 * <p>A try is bounded in time and size as a whole, and its connection is given up with it. {@code
 * WebClient} bounds neither: its time-out begins again with each byte, and it reads any body to its
 * end.
 */
final class UserRequest implements Attempt<UserReply> {
  /** A user takes under 1 KiB, a problem a little more; in bytes. */
  private static final int MOST = 64 * 1024;

  private final HttpClient client;
  private final String path;
  private final @Nullable String traceparent;

  UserRequest(HttpClient client, String path, @Nullable String traceparent) {
    this.client = client;
    this.path = path;
    this.traceparent = traceparent;
  }

  @Override
  public Future<UserReply> send(ServiceInstance instance, Duration limit) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(instance.address())
            .setHost(instance.host())
            .setPort(instance.port())
            .setURI(path);
    var connected = client.request(options);
    var reply = connected.compose(this::exchange).timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    // Also a connection that is only had after the time was up.
    return reply.onFailure(cause -> connected.onSuccess(HttpClientRequest::reset));
  }

  private Future<UserReply> exchange(HttpClientRequest request) {
    request.putHeader(Discovery.SERVICE_HEADER, UserDirectory.SERVICE);
    if (traceparent != null) {
      request.putHeader(TraceContext.HEADER, traceparent);
    }
    return request.send().compose(UserRequest::read);
  }

  private static Future<UserReply> read(HttpClientResponse response) {
    var whole = Promise.<UserReply>promise();
    var body = Buffer.buffer();
    response
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > MOST) {
                whole.tryFail(new VertxException("the answer is over " + MOST + " bytes", true));
              } else {
                body.appendBuffer(chunk);
              }
            })
        .exceptionHandler(whole::tryFail)
        .endHandler(end -> whole.tryComplete(new UserReply(response.statusCode(), body)));
    return whole.future();
  }

  @Override
  public Verdict judge(UserReply reply) {
    return Verdict.ofStatus(reply.status());
  }

  @Override
  public void discard(UserReply reply) {
    // Read to its end already.
  }
}
