package dev.rendezvous.order;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.discovery.DiscoveryConfig;

/** All that the order service is told from outside. */
record OrderConfig(ServerConfig server, Postgres.Config database, DiscoveryConfig discovery) {
  static final String SERVICE = "order-service";

  @SuppressWarnings("NullAway") // null only where a line was refused, and then it is not used
  static OrderConfig from(Env env) {
    var server = ServerConfig.from(env, 5002, 9002);
    return new OrderConfig(
        server,
        Postgres.Config.from(env),
        DiscoveryConfig.from(
            env::text,
            env::refuse,
            new DiscoveryConfig.Server(
                SERVICE,
                server.host(),
                server.port(),
                server.managementHost(),
                server.managementPort()),
            "http://localhost:8080"));
  }
}
