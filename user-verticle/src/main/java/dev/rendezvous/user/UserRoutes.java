package dev.rendezvous.user;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.http.Api;
import dev.rendezvous.chassis.http.Parameters;
import dev.rendezvous.chassis.http.Preconditions;
import dev.rendezvous.chassis.idempotency.KeyedRequest;
import dev.rendezvous.chassis.paging.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The HTTP side of the user service: requests to calls, and results to answers. */
final class UserRoutes {
  private final Users users;

  UserRoutes(Users users) {
    this.users = users;
  }

  void addTo(Api api) {
    api.contract("openapi/user-service.yaml");
    api.at("/users").get(this::list).post(this::create);
    api.at("/users/:id").get(this::find).put(this::rename).delete(this::delete);
  }

  private Future<Answer> create(RoutingContext context) {
    Parameters.none(context);
    var user = NewUser.of(context);
    return users.create(KeyedRequest.of(context, "/users", user.toJson()), user);
  }

  private Future<Answer> list(RoutingContext context) {
    var page = Page.of("/users", Parameters.of(context, "limit", "after"));
    return users
        .page(page.after(), page.rows())
        .map(found -> page.answer(found, User::id, User::toJson));
  }

  private Future<Answer> find(RoutingContext context) {
    Parameters.none(context);
    var conditions = Preconditions.of(context.request());
    return users
        .find(Parameters.pathId(context))
        .map(
            user ->
                conditions.isFresh(user.version())
                    ? Answer.notModified().with("ETag", Preconditions.etag(user.version()))
                    : tagged(user));
  }

  private Future<Answer> rename(RoutingContext context) {
    Parameters.none(context);
    var id = Parameters.pathId(context);
    return users
        .rename(Preconditions.of(context.request()), id, NewUser.of(context))
        .map(UserRoutes::tagged);
  }

  private Future<Answer> delete(RoutingContext context) {
    Parameters.none(context);
    return users
        .delete(Preconditions.of(context.request()), Parameters.pathId(context))
        .map(done -> Answer.noContent());
  }

  private static Answer tagged(User user) {
    return Answer.ok(user.toJson()).with("ETag", Preconditions.etag(user.version()));
  }
}
