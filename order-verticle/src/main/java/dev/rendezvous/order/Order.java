package dev.rendezvous.order;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * An order; it never changes.
 *
 * @param user who ordered, as the user service answered at that moment
 */
record Order(long id, OrderUser user, String item, Instant createdAt) {
  /** The version in the entity tag of each order. */
  static final int VERSION = 1;

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("user_id", user.id())
        .put("item", item)
        .put("user", user.toJson())
        .put("created_at", createdAt.toString());
  }
}
