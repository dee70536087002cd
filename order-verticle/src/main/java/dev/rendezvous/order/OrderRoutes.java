package dev.rendezvous.order;

import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.http.Api;
import dev.rendezvous.chassis.http.ApiServer;
import dev.rendezvous.chassis.http.Parameters;
import dev.rendezvous.chassis.http.Preconditions;
import dev.rendezvous.chassis.idempotency.KeyedRequest;
import dev.rendezvous.chassis.paging.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** The HTTP side of the order service: requests to calls, and results to answers. */
final class OrderRoutes {
  private final Orders orders;

  OrderRoutes(Orders orders) {
    this.orders = orders;
  }

  void addTo(Api api) {
    api.contract("openapi/order-service.yaml");
    api.at("/orders").get(this::list).post(this::create);
    api.at("/orders/:id").get(this::find);
  }

  private Future<Answer> create(RoutingContext context) {
    Parameters.none(context);
    var order = NewOrder.of(context);
    var request = KeyedRequest.of(context, "/orders", order.toJson());
    return orders.create(request, order, ApiServer.trace(context));
  }

  private Future<Answer> list(RoutingContext context) {
    var query = Parameters.of(context, "user_id", "limit", "after");
    var userId = query.id("user_id");
    var list = userId.isPresent() ? "/orders?user_id=" + userId.getAsLong() : "/orders";
    var page = Page.of(list, query);
    return orders
        .page(userId, page.after(), page.rows())
        .map(found -> page.answer(found, Order::id, Order::toJson));
  }

  private Future<Answer> find(RoutingContext context) {
    Parameters.none(context);
    var conditions = Preconditions.of(context.request());
    var etag = Preconditions.etag(Order.VERSION);
    return orders
        .find(Parameters.pathId(context))
        .map(
            order ->
                conditions.isFresh(Order.VERSION)
                    ? Answer.notModified().with("ETag", etag)
                    : Answer.ok(order.toJson()).with("ETag", etag));
  }
}
