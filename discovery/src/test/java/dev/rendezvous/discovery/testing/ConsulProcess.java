package dev.rendezvous.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Consul agent in development mode: what it knows is gone when it is killed.
 *
 * <p>The switch: with {@code TEST_SERVERS=containers} in the environment it is a container of
 * Testcontainers, else a process. {@code ./test} sets it where a Docker engine answers.
 */
public final class ConsulProcess implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final List<Integer> ports = freePorts(3);
  private final List<String> extra;
  private final ConsulAgent agent;

  private ConsulProcess(ConsulAgent agent, List<String> extra) {
    this.agent = agent;
    this.extra = extra;
    start();
  }

  public static ConsulProcess started() {
    boolean container = "containers".equals(System.getenv("TEST_SERVERS"));
    return new ConsulProcess(container ? new ConsulContainer() : new ConsulBinary(), List.of());
  }

  /** Always a process: for options that name files, and where a death and a start are timed. */
  public static ConsulProcess startedAsProcess(String... extra) {
    return new ConsulProcess(new ConsulBinary(), List.of(extra));
  }

  public int port() {
    return ports.get(0);
  }

  public String url() {
    return "consul://127.0.0.1:" + port();
  }

  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "agent",
                "-dev",
                "-node=test",
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-log-level=err",
                "-disable-host-node-id",
                "-http-port=" + ports.get(0),
                "-serf-lan-port=" + ports.get(1),
                "-server-port=" + ports.get(2),
                "-dns-port=-1",
                "-grpc-port=-1",
                "-serf-wan-port=-1",
                "-hcl=disable_update_check = true"));
    command.addAll(extra);
    agent.start(command);
    Await.until("Consul has a leader", Duration.ofSeconds(20), this::hasLeader);
  }

  private boolean hasLeader() {
    try {
      return get("/v1/status/leader").length() > 4;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  public String get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(2)).build());
  }

  public String put(String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(2))
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private static String send(HttpRequest request) {
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Adds an instance without any check, or moves the one with this id. */
  public void add(String service, String id, TestInstance instance) {
    put(
        "/v1/agent/service/register",
        ("{\"Name\":\"%s\",\"ID\":\"%s\",\"Address\":\"%s\",\"Port\":%d,"
                + "\"Meta\":{\"management_port\":\"%d\"}}")
            .formatted(service, id, instance.host(), instance.port(), instance.managementPort()));
  }

  public void remove(String id) {
    put("/v1/agent/service/deregister/" + id, "");
  }

  public void kill() {
    agent.kill();
  }

  /** Stops it in its tracks: it accepts connections and answers nothing. */
  public void hang() {
    agent.hang();
  }

  public void resume() {
    agent.resume();
  }

  @Override
  public void close() {
    agent.close();
  }

  /** Runs one of Consul's own commands to its end. */
  public static void run(Path folder, String... arguments) {
    ConsulBinary.run(folder, arguments);
  }

  public static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
