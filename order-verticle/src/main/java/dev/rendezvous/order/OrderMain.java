package dev.rendezvous.order;

import dev.rendezvous.chassis.idempotency.IdempotencyKeys;
import dev.rendezvous.chassis.lifecycle.ServiceProcess;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.discovery.Discovery;
import io.vertx.core.Future;

/** The order service's program: who needs whom, and nothing else. */
public final class OrderMain {
  private OrderMain() {}

  public static void main(String[] args) {
    ServiceProcess.launch(
        OrderConfig.SERVICE, OrderConfig::from, OrderConfig::server, OrderMain::start);
  }

  static Future<?> start(ServiceProcess process, OrderConfig config) {
    var vertx = process.vertx();
    var postgres = Postgres.open(vertx, config.database(), process.name());
    process.onStop("database", postgres::close);
    process.health().require("database", postgres::check);
    postgres.migrate().onFailure(process::exit);
    new IdempotencyKeys(postgres).sweep(vertx);

    var discovery =
        Discovery.create(
            vertx,
            config.discovery().url(),
            config.discovery().options().withMeters(process.telemetry().meters()));
    process.onStop("discovery", discovery::close);
    discovery.watch(UserDirectory.SERVICE);
    process.management().page("/discovery", discovery::describe);

    var setup = process.api(config.server(), Discovery.SERVICE_HEADER);
    var self = config.discovery().self();
    return discovery
        .start()
        .compose(
            started ->
                process.serve(
                    () -> new OrderVerticle(setup, postgres, discovery, self),
                    discovery::deregister));
  }
}
