package dev.rendezvous.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real Consul agent in development mode: what it knows is gone when it is killed. */
public final class ConsulProcess implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final List<Integer> ports = freePorts(3);
  private final List<String> extra;
  private Process process;

  private ConsulProcess(List<String> extra) {
    this.extra = extra;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    start();
  }

  public static ConsulProcess started(String... extra) {
    return new ConsulProcess(List.of(extra));
  }

  /** Ports kept, but nothing started yet. */
  public static ConsulProcess notStarted() {
    ConsulProcess consul = new ConsulProcess(List.of());
    consul.kill();
    return consul;
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
                executable().toString(),
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
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it in its tracks: it accepts connections and answers nothing. */
  public void hang() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Runs one of Consul's own commands to its end. */
  public static void run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(executable().toString()));
    command.addAll(List.of(arguments));
    try {
      Process done =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (done.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("failed: consul " + List.of(arguments));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path executable() {
    String home = System.getProperty("user.home");
    String tools = System.getenv().getOrDefault("RENDEZVOUS_TOOLS", home + "/.cache/rendezvous");
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of(tools, tools + "/bin"))
        .map(folder -> Path.of(folder, "consul"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "these tests need Consul, on PATH or as "
                        + tools
                        + "/bin/consul; ./test gets it"));
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
