package dev.rendezvous.chassis.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Liveness and readiness of one process.
 *
 * <p>Liveness asks no dependency, because a restart mends none. Readiness asks them all, each
 * within a time limit.
 */
public final class Health {
  private static final Duration LIMIT = Duration.ofMillis(800);

  private final HealthChecks checks;
  private final Drain drain;

  public Health(Vertx vertx, Drain drain) {
    this.checks = HealthChecks.create(vertx);
    this.drain = drain;
  }

  /** What {@code GET /health/ready} and {@code GET /health/live} say. */
  public record Report(boolean up, JsonObject body) {}

  /** Adds a dependency; the check fails when its future does, or when it takes over 800 ms. */
  public void require(String name, Supplier<Future<?>> check) {
    checks.register(
        name,
        LIMIT.toMillis(),
        promise -> {
          try {
            // "try": the time limit may have completed it before.
            check
                .get()
                .onSuccess(done -> promise.tryComplete(Status.OK()))
                .onFailure(promise::tryFail);
          } catch (RuntimeException e) {
            promise.tryFail(e);
          }
        });
  }

  /** Up for as long as an event loop answers. */
  public Report live() {
    return new Report(true, new JsonObject().put("status", "UP"));
  }

  /** Up when each dependency is and the process is not about to stop. */
  public Future<Report> ready() {
    if (drain.begun()) {
      var body = new JsonObject().put("status", "DOWN").put("reason", "draining");
      return Future.succeededFuture(new Report(false, body));
    }
    return checks
        .checkStatus()
        .map(result -> new Report(Boolean.TRUE.equals(result.getUp()), body(result.toJson())));
  }

  /** Names and states only: causes can hold host names, and the log has them. */
  private static JsonObject body(JsonObject result) {
    var body = new JsonObject().put("status", result.getString("outcome"));
    var checks = new io.vertx.core.json.JsonArray();
    result
        .getJsonArray("checks", new io.vertx.core.json.JsonArray())
        .forEach(
            check -> {
              var json = (JsonObject) check;
              checks.add(
                  new JsonObject()
                      .put("name", json.getString("id"))
                      .put("status", json.getString("status")));
            });
    return body.put("checks", checks);
  }
}
