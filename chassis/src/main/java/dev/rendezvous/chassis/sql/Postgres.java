package dev.rendezvous.chassis.sql;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.problem.ProblemException;
import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL database.
 *
 * <p>While it is away, or its schema is not up to date yet, every use fails at once with the
 * problem {@code database-unavailable}; nothing waits for it but the migrations, and it is used
 * again as soon as it answers.
 */
public final class Postgres {
  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

  /** Waiting for a connection longer than this is overload. */
  private static final int ACQUIRE_MS = 1_000;

  /** Requests that wait for a connection; at a few ms a query more would not be served in time. */
  private static final int WAITING = 512;

  /** Kept by the server, so that a connection comes back whatever its caller does; in ms. */
  private static final Map<String, String> SESSION =
      Map.of(
          "application_name", "rendezvous",
          "statement_timeout", "3000",
          "lock_timeout", "1000",
          "idle_in_transaction_session_timeout", "5000");

  private static final int LIMIT_MS = 3_500;

  /** SQLSTATEs (PostgreSQL documentation, appendix A). */
  private static final String QUERY_CANCELED = "57014";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Pool pool;
  private final Pool probe;
  private final Migrations migrations;
  private volatile boolean migrated;

  private Postgres(Pool pool, Pool probe, Migrations migrations) {
    this.pool = pool;
    this.probe = probe;
    this.migrations = migrations;
  }

  /** Which database, and over how many connections. */
  public record Config(DatabaseUrl url, int poolSize) {
    /** Two connections a core keep a database on the same kind of machine busy. */
    public static Config from(Env env) {
      var suited = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
      return new Config(DatabaseUrl.from(env), env.number("DATABASE_POOL_SIZE", suited, 1, 1_000));
    }
  }

  /**
   * Makes the pool; connects to nothing yet.
   *
   * @param schema the folder below {@code db/} on the class path that has the migrations
   */
  public static Postgres open(Vertx vertx, Config config, String schema) {
    var url = config.url();
    var connect =
        new PgConnectOptions()
            .setHost(url.host())
            .setPort(url.port())
            .setDatabase(url.name())
            .setUser(url.user())
            .setPassword(url.password())
            .setCachePreparedStatements(true)
            .setProperties(SESSION);
    // Without it a connection whose other end has vanished would hold its place for minutes.
    var net = new NetClientOptions();
    net.setConnectTimeout(2_000).setTcpUserTimeout(5_000);
    return new Postgres(
        pool(vertx, connect, net, config.poolSize(), WAITING),
        // Of its own, so that a pool that is busy does not look like a database that is away.
        pool(vertx, connect, net, 1, 1),
        new Migrations(vertx, url, schema));
  }

  private static Pool pool(
      Vertx vertx, PgConnectOptions connect, NetClientOptions net, int size, int waiting) {
    return PgBuilder.pool()
        .connectingTo(connect)
        .using(vertx)
        .with(net)
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(waiting)
                .setConnectionTimeout(ACQUIRE_MS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .build();
  }

  /** Brings the schema up to date, waiting for the database as long as it takes. */
  public Future<Void> migrate() {
    return migrations.run().onSuccess(done -> migrated = true);
  }

  /** One statement, on any connection. */
  public <T> Future<T> query(Function<SqlClient, Future<T>> work) {
    return guarded(() -> work.apply(pool));
  }

  /** Statements that take effect together or not at all. */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return guarded(() -> pool.withTransaction(work));
  }

  /** Fails while the database cannot be used. */
  public Future<Void> check() {
    return guarded(() -> probe.query("SELECT 1").execute().mapEmpty());
  }

  public Future<Void> close() {
    migrations.close();
    return Future.join(pool.close(), probe.close()).mapEmpty();
  }

  private <T> Future<T> guarded(Supplier<Future<T>> work) {
    if (!migrated) {
      return Future.failedFuture(unavailable());
    }
    return work.get()
        .timeout(LIMIT_MS, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(classified(failure)));
  }

  private static Throwable classified(Throwable failure) {
    if (failure instanceof ProblemException) {
      return failure;
    }
    if (isOverload(failure)) {
      return StandardProblems.OVERLOADED
          .because("the database has too much to do")
          .with("Retry-After", "1");
    }
    if (!isUnavailable(failure)) {
      return failure;
    }
    LOG.atWarn().addKeyValue("cause", String.valueOf(failure)).log("the database does not answer");
    return unavailable();
  }

  /** No connection or no lock in time, or a statement that took too long. */
  private static boolean isOverload(Throwable failure) {
    if (failure instanceof PgException sql) {
      return QUERY_CANCELED.equals(sql.getSqlState())
          || LOCK_NOT_AVAILABLE.equals(sql.getSqlState());
    }
    return failure instanceof ConnectionPoolTooBusyException
        || String.valueOf(failure.getMessage()).startsWith("Timeout");
  }

  private static boolean isUnavailable(Throwable failure) {
    if (failure instanceof PgException sql) {
      return sql.getSqlState() != null && sql.getSqlState().matches("(08|53|57|28|3D|25006).*");
    }
    return failure instanceof IOException
        || failure instanceof TimeoutException
        // A closed connection is a plain VertxException with a message.
        || failure instanceof VertxException;
  }

  private static ProblemException unavailable() {
    return StandardProblems.DATABASE_UNAVAILABLE
        .because("nothing was changed, unless the answer to a write was lost; try again")
        .with("Retry-After", "1");
  }
}
