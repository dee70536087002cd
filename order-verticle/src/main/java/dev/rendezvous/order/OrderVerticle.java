package dev.rendezvous.order;

import dev.rendezvous.chassis.http.ApiServer;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.discovery.instance.Registration;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Serves the order API on one event loop. */
final class OrderVerticle extends VerticleBase {
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final ApiServer.Setup setup;
  private final Postgres postgres;
  private final Discovery discovery;
  private final @Nullable Registration self;
  private @Nullable ApiServer server;

  OrderVerticle(
      ApiServer.Setup setup, Postgres postgres, Discovery discovery, @Nullable Registration self) {
    this.setup = setup;
    this.postgres = postgres;
    this.discovery = discovery;
    this.self = self;
  }

  @Override
  public Future<?> start() {
    var orders = new Orders(postgres, new UserDirectory(vertx, discovery, setup.telemetry()));
    return ApiServer.listen(vertx, setup, new OrderRoutes(orders)::addTo)
        .onSuccess(started -> server = started)
        .compose(started -> self == null ? Future.succeededFuture() : discovery.register(self));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(DRAIN);
  }
}
