package dev.rendezvous.chassis.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A real PostgreSQL server on a free port that a test can stop and start again with its data.
 *
 * <p>The switch: with {@code TEST_SERVERS=containers} in the environment it is a container of
 * Testcontainers, else an embedded one. {@code ./test} sets it where a Docker engine answers.
 */
public final class Database implements AutoCloseable {
  static final String PASSWORD = "postgres";

  private final int port = Ports.free();
  private final PostgresServer server =
      "containers".equals(System.getenv("TEST_SERVERS"))
          ? new PostgresContainer(port)
          : new EmbeddedPostgresServer(port);

  private Database() {}

  /** A server that runs. */
  public static Database start() {
    var database = stopped();
    database.restart();
    return database;
  }

  /** A server that is not up yet, but whose address is known. */
  public static Database stopped() {
    return new Database();
  }

  public void restart() {
    server.start();
    Await.until("the database answers", Duration.ofSeconds(60), this::answers);
  }

  public void stop() {
    server.stop();
  }

  private boolean answers() {
    try (var connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** What a service is told as its {@code DATABASE_URL}. */
  public String url() {
    return "postgresql://postgres:%s@127.0.0.1:%d/postgres".formatted(PASSWORD, port);
  }

  /** A connection past the service. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", PASSWORD);
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
  public void close() {
    server.close();
  }
}
