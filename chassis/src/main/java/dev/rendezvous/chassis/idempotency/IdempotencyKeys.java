package dev.rendezvous.chassis.idempotency;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.problem.StandardProblems;
import dev.rendezvous.chassis.sql.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a repeated creation with its first answer (IETF draft "The Idempotency-Key HTTP Header
 * Field", version 07).
 *
 * <p>Key and answer are stored in the transaction that creates the row, so there is never one
 * without the other. Keys are scoped to their path and kept for 24 hours; only 201 is stored.
 */
public final class IdempotencyKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  /** lock_not_available: whoever has the same key did not finish within the lock time-out. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String FIND =
      """
      SELECT fingerprint, location, body FROM idempotency_keys
      WHERE path = $1 AND key = $2 AND created_at > now() - interval '24 hours'""";

  private static final String INSERT =
      """
      INSERT INTO idempotency_keys AS kept (path, key, fingerprint, location, body)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (path, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, location = excluded.location,
          body = excluded.body, created_at = now()
      WHERE kept.created_at <= now() - interval '24 hours'""";

  private static final String EXPIRE =
      "DELETE FROM idempotency_keys WHERE created_at <= now() - interval '24 hours'";

  private final Postgres postgres;

  public IdempotencyKeys(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Removes keys over 24 hours old every ten minutes, for as long as {@code vertx} runs. */
  public void sweep(Vertx vertx) {
    vertx.setPeriodic(
        SWEEP.toMillis(),
        id ->
            expire()
                .onFailure(
                    cause ->
                        LOG.warn("expired keys could not be removed: {}", cause.getMessage())));
  }

  /** Removes keys over 24 hours old, and says how many. */
  Future<Integer> expire() {
    return postgres.query(client -> client.query(EXPIRE).execute().map(SqlResult::rowCount));
  }

  /**
   * Creates something once for each key.
   *
   * @param request what the client asked for, with its key if it sent one
   * @param prepare what must be known before the transaction; not asked when the answer is known
   * @param insert creates the row within the transaction and says what to answer
   * @return the answer, this time's or the first one's; fails with 422 for a key that was used with
   *     another body, and with 409 when a request with the same key runs for over a second
   */
  public <P> Future<Answer> create(
      KeyedRequest request, Supplier<Future<P>> prepare, Creation<P> insert) {
    if (request.key() == null) {
      return prepare.get().compose(ready -> postgres.transaction(tx -> insert.run(tx, ready)));
    }
    return postgres
        .query(client -> find(client, request))
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(known.get())
                    : prepare
                        .get()
                        .compose(ready -> createOnce(request, tx -> insert.run(tx, ready))));
  }

  /** The part of a creation that happens within the transaction. */
  @FunctionalInterface
  public interface Creation<P> {
    Future<Answer> run(SqlConnection transaction, P prepared);
  }

  private Future<Answer> createOnce(
      KeyedRequest request, Function<SqlConnection, Future<Answer>> insert) {
    return postgres
        .transaction(tx -> insert.apply(tx).compose(answer -> store(tx, request, answer)))
        .recover(failure -> lostRace(failure, request));
  }

  private static Future<Answer> store(SqlConnection tx, KeyedRequest request, Answer answer) {
    var body = String.valueOf(answer.body());
    var row =
        Tuple.of(
            request.path(),
            request.key(),
            request.fingerprint(),
            answer.headers().get("Location"),
            body);
    return tx.preparedQuery(INSERT)
        .execute(row)
        .recover(failure -> Future.failedFuture(isLocked(failure) ? inUse() : failure))
        .compose(
            done ->
                done.rowCount() == 1
                    ? Future.succeededFuture(answer)
                    : Future.failedFuture(new LostRace()));
  }

  private Future<Answer> lostRace(Throwable failure, KeyedRequest request) {
    if (!(failure instanceof LostRace)) {
      return Future.failedFuture(failure);
    }
    return postgres
        .query(client -> find(client, request))
        .map(winner -> winner.orElseThrow(IdempotencyKeys::inUse));
  }

  private static boolean isLocked(Throwable failure) {
    return failure instanceof PgException sql && LOCK_NOT_AVAILABLE.equals(sql.getSqlState());
  }

  private static RuntimeException inUse() {
    return StandardProblems.KEY_IN_USE
        .because("a request with the same Idempotency-Key is still running")
        .with("Retry-After", "1");
  }

  private static Future<Optional<Answer>> find(SqlClient client, KeyedRequest request) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(request.path(), request.key()))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(replay(rows.iterator().next(), request)));
  }

  private static Answer replay(Row row, KeyedRequest request) {
    if (!row.getString("fingerprint").equals(request.fingerprint())) {
      throw StandardProblems.KEY_REUSED.because(
          "this Idempotency-Key was used with another body within the last 24 hours");
    }
    return Answer.created(row.getString("location"), new JsonObject(row.getString("body")));
  }

  /** Rolls the transaction back: the row of the winner is the one that counts. */
  private static final class LostRace extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostRace() {
      super("another request with this key was first", null, false, false);
    }
  }
}
