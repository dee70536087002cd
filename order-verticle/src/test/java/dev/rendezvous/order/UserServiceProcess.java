package dev.rendezvous.order;

import dev.rendezvous.chassis.testing.ApiClient;
import dev.rendezvous.chassis.testing.Contract;
import dev.rendezvous.chassis.testing.Database;
import dev.rendezvous.chassis.testing.JavaProcess;
import dev.rendezvous.chassis.testing.Management;
import dev.rendezvous.chassis.testing.Ports;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The real user service, in a process of its own. */
final class UserServiceProcess implements AutoCloseable {
  private final int port;
  private final int managementPort;
  private final Database database;
  private final Path log;
  private JavaProcess process;

  private UserServiceProcess(Database database, Path log) {
    this.database = database;
    this.log = log;
    this.port = Ports.free();
    this.managementPort = Ports.free();
  }

  static UserServiceProcess start(Database database, Path log) {
    var service = new UserServiceProcess(database, log);
    service.restart();
    return service;
  }

  void restart() {
    process =
        JavaProcess.start(
            "dev.rendezvous.user.UserMain",
            Map.of(
                "HOST", "127.0.0.1",
                "PORT", Integer.toString(port),
                "MANAGEMENT_PORT", Integer.toString(managementPort),
                "DATABASE_URL", database.url()),
            log);
    dev.rendezvous.chassis.testing.Await.until(
        "the user service is ready", Duration.ofSeconds(20), this::ready);
  }

  private boolean ready() {
    try {
      return Management.get(managementPort, "/health/ready").statusCode() == 200;
    } catch (AssertionError notListeningYet) {
      if (notListeningYet.getCause() instanceof ConnectException) {
        return false;
      }
      throw notListeningYet;
    }
  }

  ApiClient client() {
    return new ApiClient(port, Contract.load("openapi/user-service.yaml"));
  }

  String discoveryUrl() {
    return "static:user-service=127.0.0.1:" + port;
  }

  JavaProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
