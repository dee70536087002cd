package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** One of the two folders as a Compose project of its own name, on ports of loopback alone. */
final class Project implements AutoCloseable {
  /** Surefire and Failsafe start tests in the module's folder. */
  static final Path FOLDER = Path.of("").toAbsolutePath();

  private static final int USERS_AT_MOST = 4;

  private final String name;
  private final Path file;
  private final Map<String, String> variables;
  private final Thread hook = new Thread(this::remove);
  private final int ports;

  Project(String folder, String tag) {
    name = "rendezvous-" + folder + "-" + tag;
    file = FOLDER.resolve(folder).resolve("docker-compose.yml");
    ports = freePorts(USERS_AT_MOST + 3);
    variables = new HashMap<>();
    variables.put("IMAGE_TAG", tag);
    variables.put("USER_PORTS", "127.0.0.1:%d-%d".formatted(ports, ports + USERS_AT_MOST - 1));
    variables.put("GATEWAY_PORT", "127.0.0.1:" + (ports + USERS_AT_MOST));
    variables.put("ORDER_PORTS", "127.0.0.1:" + (ports + USERS_AT_MOST + 1));
    variables.put("CONSUL_PORT", "127.0.0.1:" + (ports + USERS_AT_MOST + 2));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  String name() {
    return name;
  }

  /** Where a published port of a service is; of its first instance, where there are several. */
  String url(String service, int port) {
    List<String> containers = containers(service);
    String shown = Shell.docker("port", containers.get(0), port + "/tcp").trim();
    return "http://" + shown.lines().findFirst().orElseThrow();
  }

  String compose(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("docker", "compose", "-p", name, "-f", file.toString()));
    command.addAll(Arrays.asList(arguments));
    return Shell.run(Duration.ofMinutes(10), variables, command);
  }

  void up(String... arguments) {
    List<String> all = new ArrayList<>(List.of("up", "-d", "--wait", "--no-build"));
    all.addAll(Arrays.asList(arguments));
    compose(all.toArray(String[]::new));
  }

  /** The ids of a service's containers that run. */
  List<String> containers(String service) {
    return compose("ps", "-q", service).lines().toList();
  }

  String only(String service) {
    assertThat(containers(service)).as(service).hasSize(1);
    return containers(service).get(0);
  }

  JsonNode inspect(String container) {
    return Client.json(Shell.docker("inspect", container)).get(0);
  }

  /** Its address in the project's network. */
  String address(String container) {
    return inspect(container)
        .at("/NetworkSettings/Networks")
        .elements()
        .next()
        .get("IPAddress")
        .asText();
  }

  /** What a page of the management port, which is not published, says. */
  JsonNode page(String service, String path) {
    String read =
        "exec 3<>/dev/tcp/127.0.0.1/$MANAGEMENT_PORT; "
            + "printf 'GET "
            + path
            + " HTTP/1.0\\r\\n\\r\\n' >&3; while read -r line; do "
            + "[ \"$line\" = $'\\r' ] && break; done <&3; cat <&3";
    return Client.json(Shell.docker("exec", only(service), "bash", "-c", read));
  }

  /** The CPU time of one more health check, as the container's own shell counts it. */
  String costOfHealthCheck(String container) {
    String timed = "TIMEFORMAT='%U s user, %S s system'; { time bash /app/healthy; } 2>&1";
    return Shell.docker("exec", container, "bash", "-c", timed).trim();
  }

  boolean allHealthy() {
    String all = compose("ps", "-a", "--format", "{{.State}} {{.Health}}");
    return all.lines().allMatch("running healthy"::equals);
  }

  /** Waits until every container says that it is healthy. */
  void awaitHealthy() {
    Await.until("all containers healthy", Duration.ofSeconds(90), this::allHealthy);
  }

  /** Everything of this project that the engine still knows. */
  List<String> remains() {
    String label = "label=com.docker.compose.project=" + name;
    List<String> all = new ArrayList<>();
    for (String kind : List.of("container", "volume", "network")) {
      String[] list =
          kind.equals("container")
              ? new String[] {"ps", "-aq", "--filter", label}
              : new String[] {kind, "ls", "-q", "--filter", label};
      Shell.docker(list).lines().map(id -> kind + " " + id).forEach(all::add);
    }
    return all;
  }

  /** Volumes without a name carry no label: only the containers tell them. */
  List<String> volumes() {
    List<String> all = new ArrayList<>();
    for (String container : compose("ps", "-aq").lines().toList()) {
      for (JsonNode mount : inspect(container).get("Mounts")) {
        if (mount.has("Name")) {
          all.add(mount.get("Name").asText());
        }
      }
    }
    return all;
  }

  private void remove() {
    compose("down", "-v", "--remove-orphans", "-t", "30");
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** The first of so many in a row, below those that the kernel gives to outgoing connections. */
  private static int freePorts(int count) {
    for (int tries = 0; tries < 1_000; tries++) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 30_000 - count);
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " free ports between 20000 and 30000");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.isBound()).isTrue();
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
