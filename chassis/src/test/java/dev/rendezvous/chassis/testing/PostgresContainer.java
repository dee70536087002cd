package dev.rendezvous.chassis.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The image that Compose starts, too. */
final class PostgresContainer implements PostgresServer {
  private static final String IMAGE =
      Objects.requireNonNullElse(System.getenv("POSTGRES_IMAGE"), "postgres:17.6");

  static {
    // Each byte that goes to the engine and back would be in the test's output.
    for (var name : List.of("org.testcontainers", "tc", "com.github.dockerjava")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN);
    }
  }

  private final GenericContainer<?> container;

  PostgresContainer(int port) {
    container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            // An image that is not there fails the test now, and not after minutes of tries.
            .withImagePullPolicy(name -> false)
            .withEnv("POSTGRES_PASSWORD", Database.PASSWORD)
            .withEnv("POSTGRES_INITDB_ARGS", "--no-sync")
            // As the embedded one: what a test writes need not outlive the machine.
            .withCommand("postgres", "-c", "fsync=off");
    container.setPortBindings(List.of("127.0.0.1:" + port + ":5432"));
  }

  @Override
  public void start() {
    var id = container.getContainerId();
    if (id == null) {
      container.start();
    } else {
      container.getDockerClient().startContainerCmd(id).exec();
    }
  }

  @Override
  public void stop() {
    var id = container.getContainerId();
    if (id != null && container.isRunning()) {
      container.getDockerClient().stopContainerCmd(id).withTimeout(20).exec();
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
