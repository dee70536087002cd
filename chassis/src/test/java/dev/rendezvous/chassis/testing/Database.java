package dev.rendezvous.chassis.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A real PostgreSQL server on a free port that a test can stop and start again with its data. */
public final class Database implements AutoCloseable {
  private final int port;
  private final Path data;
  private EmbeddedPostgres server;

  private Database(int port, Path data) {
    this.port = port;
    this.data = data;
  }

  /** A server that runs. */
  public static Database start() {
    var database = stopped();
    database.restart();
    return database;
  }

  /** A server that is not up yet, but whose address is known. */
  public static Database stopped() {
    try {
      return new Database(Ports.free(), Files.createTempDirectory("rendezvous-database"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void restart() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void stop() {
    if (server != null) {
      try {
        server.close();
        server = null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What a service is told as its {@code DATABASE_URL}. */
  public String url() {
    return "postgresql://postgres:postgres@127.0.0.1:%d/postgres".formatted(port);
  }

  /** A connection past the service. */
  public Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** Runs a statement past the service. */
  public void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one number that a query gives. */
  public long number(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
