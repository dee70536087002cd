package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server of one service's own, durable: an acknowledged row survives any kill.
 *
 * <p>Its data stays in its folder over restarts. The service logs in by password as a user that
 * owns one database and nothing else.
 */
final class PostgresServer implements Program {

  private static final Duration FORMER_SERVER = Duration.ofSeconds(10);

  /** The status that PostgreSQL itself writes there, as its pg_ctl reads it: line 8. */
  private static final int STATUS_LINE = 7;

  private final String name;
  private final int port;
  private final PostgresCluster cluster;

  PostgresServer(String name, int port, PostgresCluster cluster) {
    this.name = name;
    this.port = port;
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return name;
  }

  /** Fast shutdown: open sessions are ended, and what they committed is kept. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  @Override
  public String address() {
    return "postgresql://127.0.0.1:" + port + "/" + cluster.database();
  }

  /** What the service gets as its {@code DATABASE_URL}. */
  String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(cluster.database(), cluster.password(), port, cluster.database());
  }

  @Override
  public Command command() {
    cluster.create();
    awaitFormerServer();
    List<String> line = new ArrayList<>(cluster.postgres());
    line.addAll(List.of("-D", cluster.folder().toString(), "-p", String.valueOf(port)));
    Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "shared_buffers", "32MB",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on")
        .forEach((setting, value) -> line.addAll(List.of("-c", setting + "=" + value)));
    return new Command(line, Map.of());
  }

  @Override
  public boolean ready(long pid) {
    List<String> lines = pidFile();
    return lines.size() > STATUS_LINE
        && lines.get(0).equals(String.valueOf(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /**
   * A server that was killed leaves its lock file, and PostgreSQL refuses to start where that names
   * a living process, even one that got the id by chance, as happens in containers. One that is
   * still stopping is waited for.
   */
  private void awaitFormerServer() {
    if (!Await.until(FORMER_SERVER, () -> formerServer().isEmpty())) {
      throw new StartFailure("another PostgreSQL server already runs on " + cluster.folder());
    }
    try {
      Files.deleteIfExists(cluster.folder().resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new StartFailure(cluster.folder() + " cannot be written: " + e, e);
    }
  }

  private Optional<ProcessHandle> formerServer() {
    return pidFile().stream()
        .findFirst()
        .filter(line -> line.matches("[0-9]+"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
  }

  private List<String> pidFile() {
    try {
      return Files.readAllLines(cluster.folder().resolve("postmaster.pid"));
    } catch (IOException none) {
      return List.of();
    }
  }
}
