package dev.rendezvous.order;

import dev.rendezvous.chassis.telemetry.Telemetry;
import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.discovery.call.CallFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/**
 * Asks the user service who a user is, by whichever way {@code DISCOVERY_URL} selects.
 *
 * <p>Only the user service's own "user-not-found" means that there is no such user: any other 404
 * comes from something in between and says nothing about users.
 */
final class UserDirectory {
  static final String SERVICE = "user-service";

  /** An order is not worth more waiting; all tries together. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final String NOT_FOUND = "/problems/user-not-found";

  private final Discovery discovery;
  private final Telemetry telemetry;
  private final HttpClient client;

  UserDirectory(Vertx vertx, Discovery discovery, Telemetry telemetry) {
    this.discovery = discovery;
    this.telemetry = telemetry;
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) Call.CONNECT_TIMEOUT.toMillis())
            .setKeepAliveTimeout(30);
    // Vert.x's default of 5 connections would be the bottleneck of the whole service.
    var pool = new PoolOptions().setHttp1MaxSize(64).setMaxWaitQueueSize(1_000);
    this.client = vertx.createHttpClient(options, pool);
  }

  /** Fails with 422 for an unknown user, 503 or 504 where the user service gives no answer. */
  Future<OrderUser> find(long id, TraceContext trace) {
    var request = new UserRequest(client, "/users/" + id, telemetry.traceparent(trace));
    return discovery
        .call(Call.retryable(SERVICE, DEADLINE), request)
        .transform(
            result ->
                result.succeeded()
                    ? user(id, result.result().value())
                    : Future.failedFuture(problem(result.cause())));
  }

  private static Future<OrderUser> user(long id, UserReply reply) {
    var name = reply.text("name");
    if (reply.status() == 200 && name != null) {
      return Future.succeededFuture(new OrderUser(id, name));
    }
    if (reply.status() == 404 && NOT_FOUND.equals(reply.text("type"))) {
      return Future.failedFuture(OrderProblems.unknownUser(id));
    }
    return Future.failedFuture(
        reply.status() == 504
            ? OrderProblems.userServiceTimeout()
            : OrderProblems.userServiceUnavailable());
  }

  private static Throwable problem(Throwable cause) {
    if (!(cause instanceof CallFailure failure)) {
      return cause;
    }
    return switch (failure.reason()) {
      case FIRST_BYTE_TIMEOUT, DEADLINE -> OrderProblems.userServiceTimeout();
      default -> OrderProblems.userServiceUnavailable();
    };
  }
}
