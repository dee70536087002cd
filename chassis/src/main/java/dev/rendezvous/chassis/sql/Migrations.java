package dev.rendezvous.chassis.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database's schema up to date with the files on the class path: those of the chassis, in
 * {@code db/chassis}, and those of the service.
 *
 * <p>Several processes may do it at once (Flyway takes a lock). A database that is not there yet is
 * waited for; files that fail or that were changed after they ran are a defect, and end the future.
 */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final long RETRY_MS = 250;

  private final Vertx vertx;
  private final DatabaseUrl url;
  private final String schema;
  private String waitingFor = "";
  private volatile boolean closed;

  Migrations(Vertx vertx, DatabaseUrl url, String schema) {
    this.vertx = vertx;
    this.schema = schema;
    this.url = url;
  }

  /** Completes when the schema is up to date. */
  Future<Void> run() {
    var done = Promise.<Void>promise();
    attempt(done);
    return done.future();
  }

  /** Gives up waiting for the database. */
  void close() {
    closed = true;
  }

  private void attempt(Promise<Void> done) {
    Callable<Void> migrate = this::migrate;
    vertx
        .executeBlocking(migrate, false)
        .onSuccess(done::tryComplete)
        .onFailure(
            failure -> {
              if (closed || !isUnavailable(failure)) {
                done.tryFail(failure);
                return;
              }
              var cause = rootMessage(failure);
              if (!cause.equals(waitingFor)) {
                waitingFor = cause;
                LOG.atWarn().addKeyValue("cause", cause).log("waiting for the database {}", url);
              }
              vertx.setTimer(RETRY_MS, id -> attempt(done));
            });
  }

  private Void migrate() {
    var applied =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(url.jdbc(), url.user(), url.password())
            .locations("classpath:db/chassis", "classpath:db/" + schema)
            .connectRetries(0)
            // The chassis numbers its files below the service's, whenever they come.
            .outOfOrder(true)
            .load()
            .migrate()
            .migrationsExecuted;
    LOG.atInfo().addKeyValue("applied", applied).log("schema is up to date");
    return null;
  }

  private static String rootMessage(Throwable failure) {
    var cause = failure;
    while (!(cause instanceof SQLException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /**
   * No connection (class 08), not started or stopping (57), no room (53), not let in yet (28, 3D).
   */
  private static boolean isUnavailable(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().matches("(08|57|53|28|3D).*");
      }
    }
    return false;
  }
}
