package dev.rendezvous.order;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.idempotency.IdempotencyKeys;
import dev.rendezvous.chassis.idempotency.KeyedRequest;
import dev.rendezvous.chassis.sql.Postgres;
import dev.rendezvous.chassis.telemetry.TraceContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;

/** What can be done with orders. */
final class Orders {
  private final OrderTable table;
  private final IdempotencyKeys keys;
  private final UserDirectory users;

  Orders(Postgres postgres, UserDirectory users) {
    this.table = new OrderTable(postgres);
    this.keys = new IdempotencyKeys(postgres);
    this.users = users;
  }

  /**
   * Creates an order, once for each key. The user service is asked before a database connection is
   * taken, so that its slowness never costs one.
   */
  Future<Answer> create(KeyedRequest request, NewOrder order, TraceContext trace) {
    return keys.create(
        request,
        () -> users.find(order.userId(), trace),
        (transaction, user) ->
            table
                .insert(transaction, user, order.item())
                .map(created -> Answer.created("/orders/" + created.id(), created.toJson())));
  }

  /** Fails with 404 for an id that no order has. */
  Future<Order> find(long id) {
    return table.find(id).map(found -> found.orElseThrow(() -> OrderProblems.notFound(id)));
  }

  Future<List<Order>> page(OptionalLong userId, long after, int limit) {
    return table.page(userId, after, limit);
  }
}
