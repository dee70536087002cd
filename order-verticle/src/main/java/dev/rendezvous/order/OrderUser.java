package dev.rendezvous.order;

import io.vertx.core.json.JsonObject;

/** A user, as far as an order is concerned. */
record OrderUser(long id, String name) {
  JsonObject toJson() {
    return new JsonObject().put("id", id).put("name", name);
  }
}
