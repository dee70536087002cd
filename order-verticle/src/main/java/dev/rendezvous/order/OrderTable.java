package dev.rendezvous.order;

import dev.rendezvous.chassis.sql.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** The table {@code orders}, and the only SQL of this service. */
final class OrderTable {
  private static final String COLUMNS = "id, user_id, user_name, item, created_at";

  private static final String INSERT =
      "INSERT INTO orders (user_id, user_name, item) VALUES ($1, $2, $3) RETURNING " + COLUMNS;
  private static final String FIND = "SELECT " + COLUMNS + " FROM orders WHERE id = $1";
  private static final String PAGE =
      "SELECT " + COLUMNS + " FROM orders WHERE id > $1 ORDER BY id LIMIT $2";
  private static final String PAGE_OF_USER =
      "SELECT " + COLUMNS + " FROM orders WHERE user_id = $3 AND id > $1 ORDER BY id LIMIT $2";

  private final Postgres postgres;

  OrderTable(Postgres postgres) {
    this.postgres = postgres;
  }

  Future<Order> insert(SqlConnection transaction, OrderUser user, String item) {
    return transaction
        .preparedQuery(INSERT)
        .execute(Tuple.of(user.id(), user.name(), item))
        .map(rows -> order(rows.iterator().next()));
  }

  Future<Optional<Order>> find(long id) {
    return postgres.query(
        client -> client.preparedQuery(FIND).execute(Tuple.of(id)).map(OrderTable::one));
  }

  /** Up to {@code limit} orders with an id above {@code after}, in the order of their ids. */
  Future<List<Order>> page(OptionalLong userId, long after, int limit) {
    return postgres.query(
        client ->
            userId.isPresent()
                ? client
                    .preparedQuery(PAGE_OF_USER)
                    .execute(Tuple.of(after, limit, userId.getAsLong()))
                    .map(OrderTable::all)
                : client.preparedQuery(PAGE).execute(Tuple.of(after, limit)).map(OrderTable::all));
  }

  private static Optional<Order> one(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(order(rows.iterator().next()));
  }

  private static List<Order> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(OrderTable::order).toList();
  }

  private static Order order(Row row) {
    return new Order(
        row.getLong("id"),
        new OrderUser(row.getLong("user_id"), row.getString("user_name")),
        row.getString("item"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
