package dev.rendezvous.gateway;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.discovery.DiscoveryConfig;
import dev.rendezvous.discovery.DiscoveryUrl;
import dev.rendezvous.gateway.route.InvalidFileException;
import dev.rendezvous.gateway.route.Routes;
import dev.rendezvous.gateway.tls.Certificates;
import dev.rendezvous.gateway.tls.InvalidCertificateException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a gateway is told by its environment. */
record GatewayConfig(
    ServerConfig server,
    DiscoveryUrl discovery,
    Path snapshot,
    @Nullable String consulToken,
    @Nullable Path consulCa,
    Routes routes) {
  static final String NAME = "gateway";

  private static final String DISCOVERY_DEFAULT =
      "static:user-service=127.0.0.1:5001;order-service=127.0.0.1:5002";

  /** Reads {@code DISCOVERY_URL}, {@code GATEWAY_ROUTES} and what every process is told. */
  @SuppressWarnings("NullAway") // null only where a line was refused, and then it is not used
  static GatewayConfig from(Env env) {
    var server = ServerConfig.from(env, 8080, 9080);
    var discovery = DiscoveryConfig.ofGateway(env::text, env::refuse, NAME, DISCOVERY_DEFAULT);
    var routes = routes(env);
    return new GatewayConfig(
        server,
        discovery.url(),
        discovery.snapshot(),
        discovery.token(),
        discovery.caFile(),
        routes);
  }

  private static Routes routes(Env env) {
    var file = env.file("GATEWAY_ROUTES");
    if (file == null) {
      return Routes.builtIn();
    }
    try {
      var routes = Routes.from(file);
      var tls = routes.server().tls();
      if (tls != null) {
        Certificates.check(tls);
      }
      return routes;
    } catch (InvalidFileException | InvalidCertificateException | IOException e) {
      env.refuse("GATEWAY_ROUTES=%s is refused: %s".formatted(file, e.getMessage()));
      return Routes.builtIn();
    }
  }
}
