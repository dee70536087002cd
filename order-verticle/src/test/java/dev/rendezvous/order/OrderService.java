package dev.rendezvous.order;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.chassis.lifecycle.ServiceProcess;
import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import dev.rendezvous.chassis.testing.Management;
import dev.rendezvous.chassis.testing.Ports;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The order service within the test's own process, on a real database. */
final class OrderService implements AutoCloseable {
  private final ServiceProcess process;
  private final ServerConfig server;

  private OrderService(ServiceProcess process, ServerConfig server) {
    this.process = process;
    this.server = server;
  }

  static OrderService start(Database database, String discoveryUrl) {
    var config =
        Env.read(
                Map.of(
                    "HOST",
                    "127.0.0.1",
                    "PORT",
                    Integer.toString(Ports.free()),
                    "MANAGEMENT_PORT",
                    Integer.toString(Ports.free()),
                    "DATABASE_URL",
                    database.url(),
                    "DISCOVERY_URL",
                    discoveryUrl,
                    "LOG_FORMAT",
                    "text"),
                OrderConfig::from)
            .config();
    var server = config.server();
    var process = ServiceProcess.open(OrderConfig.SERVICE, server.telemetry());
    try {
      process.start(server, () -> OrderMain.start(process, config)).await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
    Management.awaitReady(server.managementPort());
    return new OrderService(process, server);
  }

  ApiClient client(Contract contract) {
    return new ApiClient(server.port(), contract);
  }

  @Override
  public void close() {
    try {
      process.stop().await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
