package dev.rendezvous.user;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.discovery.DiscoveryConfig;

/** All that the user service is told from outside. */
record UserConfig(ServerConfig server, Postgres.Config database, DiscoveryConfig discovery) {
  static final String SERVICE = "user-service";

  @SuppressWarnings("NullAway") // null only where a line was refused, and then it is not used
  static UserConfig from(Env env) {
    var server = ServerConfig.from(env, 5001, 9001);
    return new UserConfig(
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
