package dev.rendezvous.user;

import dev.rendezvous.chassis.sql.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table {@code users}, and the only SQL of this service. */
final class UserTable {
  private static final String COLUMNS = "id, name, created_at, version";

  private static final String INSERT = "INSERT INTO users (name) VALUES ($1) RETURNING " + COLUMNS;
  private static final String FIND = "SELECT " + COLUMNS + " FROM users WHERE id = $1";
  private static final String PAGE =
      "SELECT " + COLUMNS + " FROM users WHERE id > $1 ORDER BY id LIMIT $2";
  private static final String LOCK = FIND + " FOR UPDATE";
  private static final String RENAME =
      "UPDATE users SET name = $2, version = version + 1 WHERE id = $1 RETURNING " + COLUMNS;
  private static final String DELETE = "DELETE FROM users WHERE id = $1";

  private final Postgres postgres;

  UserTable(Postgres postgres) {
    this.postgres = postgres;
  }

  Future<User> insert(SqlConnection transaction, NewUser user) {
    return transaction
        .preparedQuery(INSERT)
        .execute(Tuple.of(user.name()))
        .map(rows -> user(rows.iterator().next()));
  }

  Future<Optional<User>> find(long id) {
    return postgres.query(
        client -> client.preparedQuery(FIND).execute(Tuple.of(id)).map(UserTable::one));
  }

  /** Up to {@code limit} users with an id above {@code after}, in the order of their ids. */
  Future<List<User>> page(long after, int limit) {
    return postgres.query(
        client -> client.preparedQuery(PAGE).execute(Tuple.of(after, limit)).map(UserTable::all));
  }

  /** Reads a user that nobody else may change before the transaction ends. */
  Future<Optional<User>> lock(SqlConnection transaction, long id) {
    return transaction.preparedQuery(LOCK).execute(Tuple.of(id)).map(UserTable::one);
  }

  Future<User> rename(SqlConnection transaction, long id, NewUser user) {
    return transaction
        .preparedQuery(RENAME)
        .execute(Tuple.of(id, user.name()))
        .map(rows -> user(rows.iterator().next()));
  }

  Future<Void> delete(SqlConnection transaction, long id) {
    return transaction.preparedQuery(DELETE).execute(Tuple.of(id)).mapEmpty();
  }

  private static Optional<User> one(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(user(rows.iterator().next()));
  }

  private static List<User> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(UserTable::user).toList();
  }

  private static User user(Row row) {
    return new User(
        row.getLong("id"),
        row.getString("name"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getInteger("version"));
  }
}
