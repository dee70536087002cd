package dev.rendezvous.user;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A user.
 *
 * @param version counts the changes of the row; its entity tag
 */
record User(long id, String name, Instant createdAt, int version) {
  JsonObject toJson() {
    return new JsonObject().put("id", id).put("name", name).put("created_at", createdAt.toString());
  }
}
