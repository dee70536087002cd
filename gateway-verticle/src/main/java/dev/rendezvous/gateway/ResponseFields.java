package dev.rendezvous.gateway;

import io.vertx.core.MultiMap;

/** The header fields of an answer as the client gets them: what means one connection ends here. */
final class ResponseFields {
  private ResponseFields() {}

  /** Copies what may pass. */
  static void copy(MultiMap from, MultiMap to) {
    var nominated = FieldNames.nominated(from);
    for (var field : from) {
      var name = field.getKey();
      if (!FieldNames.isHopByHop(name)
          && (nominated.isEmpty() || !FieldNames.isIn(nominated, name))) {
        to.add(name, field.getValue());
      }
    }
  }
}
