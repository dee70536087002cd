package dev.rendezvous.user;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.http.Preconditions;
import dev.rendezvous.chassis.idempotency.IdempotencyKeys;
import dev.rendezvous.chassis.idempotency.KeyedRequest;
import dev.rendezvous.chassis.sql.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** What can be done with users, and under which conditions. */
final class Users {
  private final Postgres postgres;
  private final UserTable table;
  private final IdempotencyKeys keys;

  Users(Postgres postgres) {
    this.postgres = postgres;
    this.table = new UserTable(postgres);
    this.keys = new IdempotencyKeys(postgres);
  }

  /** Creates a user, once for each key. */
  Future<Answer> create(KeyedRequest request, NewUser user) {
    return keys.create(
        request,
        Future::<Void>succeededFuture,
        (transaction, nothing) ->
            table
                .insert(transaction, user)
                .map(created -> Answer.created("/users/" + created.id(), created.toJson())));
  }

  /** Fails with 404 for an id that nobody has. */
  Future<User> find(long id) {
    return table.find(id).map(found -> found.orElseThrow(() -> UserProblems.notFound(id)));
  }

  Future<List<User>> page(long after, int limit) {
    return table.page(after, limit);
  }

  /** Fails with 412 when the conditions do not hold. */
  Future<User> rename(Preconditions conditions, long id, NewUser user) {
    return postgres.transaction(
        transaction ->
            matched(transaction, conditions, id)
                .compose(found -> table.rename(transaction, id, user)));
  }

  /** Fails with 412 when the conditions do not hold. */
  Future<Void> delete(Preconditions conditions, long id) {
    return postgres.transaction(
        transaction ->
            matched(transaction, conditions, id).compose(found -> table.delete(transaction, id)));
  }

  private Future<User> matched(SqlConnection transaction, Preconditions conditions, long id) {
    return table
        .lock(transaction, id)
        .map(
            found -> {
              var user = found.orElseThrow(() -> UserProblems.notFound(id));
              conditions.check(user.version());
              return user;
            });
  }
}
