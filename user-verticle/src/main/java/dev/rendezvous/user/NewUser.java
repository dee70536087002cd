package dev.rendezvous.user;

import dev.rendezvous.chassis.http.JsonBody;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * What a client may say about a user.
 *
 * @param name 1 to 200 characters, trimmed, none of them a control character
 */
record NewUser(String name) {
  static NewUser of(RoutingContext context) {
    return new NewUser(JsonBody.of(context, "name").text("name", 200));
  }

  JsonObject toJson() {
    return new JsonObject().put("name", name);
  }
}
