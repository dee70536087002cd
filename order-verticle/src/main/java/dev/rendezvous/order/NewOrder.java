package dev.rendezvous.order;

import dev.rendezvous.chassis.http.JsonBody;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What a client orders.
 *
 * @param item 1 to 200 characters, trimmed, none of them a control character
 */
record NewOrder(long userId, String item) {
  static NewOrder of(RoutingContext context) {
    var body = JsonBody.of(context, "user_id", "item");
    return new NewOrder(body.id("user_id"), body.text("item", 200));
  }

  JsonObject toJson() {
    return new JsonObject().put("user_id", userId).put("item", item);
  }
}
