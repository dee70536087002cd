package dev.rendezvous.playground;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service of ours, run as anybody would: {@code java -jar} and environment variables.
 *
 * <p>It can stand behind a proxy that slows it; the others then know the proxy's port only.
 */
final class ServiceJar implements Program {

  /** For a short start and little memory on a machine that runs all of them at once. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx64m",
          "-Xss512k",
          "-XX:+ExitOnOutOfMemoryError");

  private final String name;
  private final Path jar;
  private final int managementPort;
  private final Supplier<Map<String, String>> environment;
  private final Http http = new Http();
  private int port;
  private int servingPort;
  private @Nullable TcpProxy proxy;

  /**
   * @param port by which the others know it
   * @param environment what is particular to it, asked at each start; ports and hosts are added
   */
  ServiceJar(
      String name,
      Path jar,
      int port,
      int managementPort,
      Supplier<Map<String, String>> environment) {
    this.name = name;
    this.jar = jar;
    this.port = port;
    this.servingPort = port;
    this.managementPort = managementPort;
    this.environment = environment;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }

  @Override
  public synchronized String address() {
    return "http://127.0.0.1:" + port;
  }

  String management() {
    return "http://127.0.0.1:" + managementPort;
  }

  @Override
  public synchronized Command command() {
    if (!Files.isReadable(jar)) {
      throw new StartFailure(jar + " is not there; ./run builds it");
    }
    Map<String, String> all = new LinkedHashMap<>(environment.get());
    all.put("HOST", "127.0.0.1");
    all.put("PORT", String.valueOf(servingPort));
    all.put("MANAGEMENT_HOST", "127.0.0.1");
    all.put("MANAGEMENT_PORT", String.valueOf(managementPort));
    all.put("ADVERTISE_HOST", "127.0.0.1");
    all.put("ADVERTISE_PORT", String.valueOf(port));
    all.put("INSTANCE_ID", name);
    all.put("LOG_FORMAT", "json");
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    List<String> line = new ArrayList<>(List.of(java.toString()));
    line.addAll(FLAGS);
    line.addAll(List.of("-jar", jar.toString()));
    return new Command(line, all);
  }

  @Override
  public boolean ready(long pid) {
    return http.get(management() + "/health/ready")
        .filter(answer -> answer.statusCode() == 200)
        .isPresent();
  }

  /** By which the others know it. */
  synchronized int port() {
    return port;
  }

  /** From the next start on it serves on another port, under the same id. */
  synchronized void moveTo(int newPort) {
    boolean slowed = proxy != null;
    direct();
    port = newPort;
    servingPort = newPort;
    if (slowed) {
      behindProxy();
    }
  }

  /** From the next start on a proxy has its port, and it serves on another one. */
  synchronized void behindProxy() {
    servingPort = Ports.free();
    int target = servingPort;
    proxy = TcpProxy.listen(port, () -> target);
  }

  synchronized boolean isBehindProxy() {
    return proxy != null;
  }

  /** Adds to the time until each piece of an answer. */
  synchronized void latency(Duration added) {
    if (proxy == null) {
      throw new IllegalStateException(name + " stands behind no proxy");
    }
    proxy.latency(added);
  }

  /** From the next start on it serves on its own port; nothing where it does so already. */
  synchronized void direct() {
    if (proxy != null) {
      proxy.close();
      proxy = null;
    }
    servingPort = port;
  }
}
