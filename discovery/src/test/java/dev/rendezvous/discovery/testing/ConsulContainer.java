package dev.rendezvous.discovery.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The image that Compose starts, too, in the machine's own network: so the agent reaches the
 * instances of the test for its health checks, and keeps its ports from one start to the next.
 */
final class ConsulContainer implements ConsulAgent {
  private static final String IMAGE =
      Objects.requireNonNullElse(System.getenv("CONSUL_IMAGE"), "hashicorp/consul:1.21.3");

  private final GenericContainer<?> container =
      new GenericContainer<>(DockerImageName.parse(IMAGE))
          // An image that is not there fails the test now, and not after minutes of tries.
          .withImagePullPolicy(name -> false)
          .withNetworkMode("host");

  @Override
  public void start(List<String> options) {
    String id = container.getContainerId();
    if (id == null) {
      container.withCommand(options.toArray(String[]::new)).start();
    } else {
      container.getDockerClient().startContainerCmd(id).exec();
    }
  }

  @Override
  public void kill() {
    String id = container.getContainerId();
    if (id != null && container.isRunning()) {
      container.getDockerClient().killContainerCmd(id).exec();
      Await.until("Consul is dead", Duration.ofSeconds(20), () -> !container.isRunning());
    }
  }

  @Override
  public void hang() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
