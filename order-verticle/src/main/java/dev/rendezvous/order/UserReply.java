package dev.rendezvous.order;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What came back from where the user service should be. */
record UserReply(int status, Buffer body) {
  /** A field of the body; null when there is none, or the body is no JSON object. */
  @Nullable String text(String field) {
    try {
      return new JsonObject(body).getValue(field) instanceof String text ? text : null;
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
