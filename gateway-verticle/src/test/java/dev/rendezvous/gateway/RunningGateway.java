package dev.rendezvous.gateway;

import dev.rendezvous.chassis.lifecycle.ServerConfig;
import dev.rendezvous.chassis.lifecycle.ServiceProcess;
import dev.rendezvous.chassis.telemetry.LogFormat;
import dev.rendezvous.chassis.telemetry.Telemetry;
import dev.rendezvous.discovery.DiscoveryUrl;
import dev.rendezvous.gateway.route.Routes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole gateway, with its own process' parts, in this JVM. */
final class RunningGateway implements AutoCloseable {
  private final ServiceProcess process;
  private final Path folder;
  private final int port;
  private final int managementPort = Upstream.freePort();

  private RunningGateway(int port, Path folder, String discovery, Routes routes, Limits limits)
      throws Exception {
    this.port = port;
    this.folder = folder;
    var telemetry = new Telemetry.Config(LogFormat.JSON, null);
    process = ServiceProcess.open("gateway", telemetry);
    var server = new ServerConfig("127.0.0.1", port, "127.0.0.1", managementPort, telemetry);
    var config =
        new GatewayConfig(
            server,
            DiscoveryUrl.parse(discovery),
            folder.resolve("snapshot.json"),
            null,
            null,
            routes);
    process
        .start(
            server,
            () ->
                GatewayMain.start(process, config, limits, limits.equals(Limits.DEFAULTS) ? 2 : 1))
        .await(20, TimeUnit.SECONDS);
  }

  /** Leads {@code /users} to these ports, with everything as it is by default. */
  static RunningGateway to(int... ports) throws Exception {
    return with("", Limits.DEFAULTS, ports);
  }

  /**
   * Leads {@code /users} to these ports.
   *
   * @param settings more fields of the route, as in the routes file, separated by commas
   * @param limits others than the default are those of one event loop, which then is the only one
   */
  static RunningGateway with(String settings, Limits limits, int... ports) throws Exception {
    var folder = Files.createTempDirectory("gateway");
    var file = folder.resolve("routes.yaml");
    Files.writeString(file, routes(settings));
    return new RunningGateway(
        Upstream.freePort(), folder, discovery(ports), Routes.from(file), limits);
  }

  /** With these sections of the routes file after the route that leads {@code /users} there. */
  static RunningGateway serving(String sections, Limits limits, int... ports) throws Exception {
    var folder = Files.createTempDirectory("gateway");
    var file = Files.writeString(folder.resolve("routes.yaml"), routes("") + sections);
    return new RunningGateway(
        Upstream.freePort(), folder, discovery(ports), Routes.from(file), limits);
  }

  /** Has a file of its own with these routes, in which tests may write. */
  static RunningGateway routed(String discovery, String text) throws Exception {
    var folder = Files.createTempDirectory("gateway");
    var file = Files.writeString(folder.resolve("routes.yaml"), text);
    return new RunningGateway(
        Upstream.freePort(), folder, discovery, Routes.from(file), Limits.DEFAULTS);
  }

  static RunningGateway builtIn(String discovery) throws Exception {
    return new RunningGateway(
        Upstream.freePort(),
        Files.createTempDirectory("gateway"),
        discovery,
        Routes.builtIn(),
        Limits.DEFAULTS);
  }

  /** Serves at a given port, with the built-in routes. */
  static RunningGateway at(int port, int servicePort) throws Exception {
    var folder = Files.createTempDirectory("gateway");
    return new RunningGateway(
        port, folder, discovery(servicePort), Routes.builtIn(), Limits.DEFAULTS);
  }

  /** Follows a file that is somewhere else. */
  static RunningGateway at(int port, int servicePort, Routes routes) throws Exception {
    var folder = Files.createTempDirectory("gateway");
    return new RunningGateway(port, folder, discovery(servicePort), routes, Limits.DEFAULTS);
  }

  static String routes(String settings) {
    return "routes:\n- {path: /users, service: user-service"
        + (settings.isEmpty() ? "" : ", " + settings)
        + "}\n";
  }

  private static String discovery(int... ports) {
    return IntStream.of(ports)
        .mapToObj(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "static:user-service=", ""));
  }

  int port() {
    return port;
  }

  Path routesFile() {
    return folder.resolve("routes.yaml");
  }

  Vertx vertx() {
    return process.vertx();
  }

  ServiceProcess process() {
    return process;
  }

  /** Waits until the metrics have a line that begins like this. */
  void awaitMetric(String start) throws Exception {
    await(start, () -> management("/metrics").body().contains(start));
  }

  Peer connect() throws IOException {
    return Peer.connect(port);
  }

  /** One request on a connection of its own. */
  Peer.Message get(String path) throws IOException {
    try (var client = connect()) {
      return client.get(path);
    }
  }

  /** One request of this text on a connection of its own. */
  Peer.Message send(String request) throws IOException {
    try (var client = connect()) {
      return client.write(request).readResponse(request.startsWith("HEAD"));
    }
  }

  HttpResponse<String> management(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + managementPort + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until a condition holds, for 10 s at most. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 10 s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Override
  public void close() {
    try {
      process.stop().await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("does not stop", e);
    }
    process.telemetry().close();
  }
}
