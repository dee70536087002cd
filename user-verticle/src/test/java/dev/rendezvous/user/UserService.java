package dev.rendezvous.user;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.chassis.lifecycle.ServiceProcess;
import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import dev.rendezvous.chassis.testing.Management;
import dev.rendezvous.chassis.testing.Ports;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The user service within the test's own process, on a real database. */
final class UserService implements AutoCloseable {
  private final ServiceProcess process;
  private final ServerConfig server;

  private UserService(ServiceProcess process, ServerConfig server) {
    this.process = process;
    this.server = server;
  }

  static UserService start(Database database) {
    var config =
        Env.read(
                Map.of(
                    "HOST", "127.0.0.1",
                    "PORT", Integer.toString(Ports.free()),
                    "MANAGEMENT_PORT", Integer.toString(Ports.free()),
                    "DATABASE_URL", database.url(),
                    "LOG_FORMAT", "text"),
                UserConfig::from)
            .config();
    var server = config.server();
    var process = ServiceProcess.open(UserConfig.SERVICE, server.telemetry());
    try {
      process.start(server, () -> UserMain.start(process, config)).await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
    return new UserService(process, server);
  }

  ApiClient client(Contract contract) {
    return new ApiClient(server.port(), contract);
  }

  /** Until the management port says so. */
  Duration awaitReady() {
    return Management.awaitReady(server.managementPort());
  }

  int port() {
    return server.port();
  }

  int managementPort() {
    return server.managementPort();
  }

  @Override
  public void close() {
    try {
      process.stop().await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
