package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Ours: {@code java -jar gateway.jar}, told by its environment and a routes file. */
final class RendezvousProgram implements Program {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The built jar of this checkout: below {@code rendezvous.root}, this folder or its parent. */
  static Path jar() {
    var built = Path.of("gateway-verticle", "target", "gateway.jar");
    var root = System.getProperty("rendezvous.root");
    if (root != null) {
      return Path.of(root).resolve(built);
    }
    var here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve(built)) ? here.resolve(built) : here.resolveSibling(built);
  }

  @Override
  public Command prepare(ProxySettings settings, Place place) throws IOException {
    var file = place.file("routes.yaml");
    Files.writeString(file, routes(settings));
    var line = new ArrayList<String>();
    line.add(settings.java().resolve("bin/java").toString());
    line.add("-XX:ActiveProcessorCount=1"); // one event loop, as the others have one worker
    line.addAll(settings.javaFlags());
    line.addAll(List.of("-jar", jar().toString()));
    return new Command(
        line,
        Map.of(
            "HOST", "127.0.0.1",
            "PORT", String.valueOf(place.port()),
            "MANAGEMENT_HOST", "127.0.0.1",
            "MANAGEMENT_PORT", String.valueOf(place.managementPort()),
            "DISCOVERY_URL", discovery(settings),
            "DISCOVERY_SNAPSHOT", place.file("snapshot.json").toString(),
            "GATEWAY_ROUTES", file.toString(),
            "LOG_FORMAT", "json"));
  }

  @Override
  public boolean isTlsAlone() {
    return true;
  }

  @Override
  public boolean serves(Place place) {
    var address = URI.create("http://127.0.0.1:" + place.managementPort() + "/health/ready");
    try {
      var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String discovery(ProxySettings settings) {
    return settings.routes().stream()
        .map(
            route ->
                route.name()
                    + "="
                    + route.backends().stream()
                        .map(Address::toString)
                        .collect(Collectors.joining(",")))
        .collect(Collectors.joining(";", "static:", ""));
  }

  private static String routes(ProxySettings settings) {
    return settings.routes().stream()
        .map(
            route ->
                "- {path: %s, service: %s, body_limit: %s, first_byte: %dms, exchange: none}%n"
                    .formatted(
                        route.prefix(),
                        route.name(),
                        size(settings.bodyLimit()),
                        settings.firstByte().toMillis()))
        .collect(Collectors.joining("", "routes:\n", server(settings)));
  }

  /** Only what differs from the gateway's own defaults. */
  private static String server(ProxySettings settings) {
    var lines = new StringBuilder();
    if (!settings.requestHead().equals(ProxySettings.REQUEST_HEAD)) {
      lines.append("  client_head: %dms%n".formatted(settings.requestHead().toMillis()));
    }
    var certificate = settings.certificate();
    if (certificate != null) {
      lines.append(
          "  tls: {certificate: %s, key: %s}%n".formatted(certificate.chain(), certificate.key()));
    }
    return lines.isEmpty() ? "" : "server:\n" + lines;
  }

  /** The file takes nine digits at most. */
  private static String size(long bytes) {
    return bytes % 1024 == 0 ? bytes / 1024 + "KiB" : String.valueOf(bytes);
  }
}
