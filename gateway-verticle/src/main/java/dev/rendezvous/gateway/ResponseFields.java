package dev.rendezvous.gateway;

import io.vertx.core.MultiMap;
import java.util.Locale;

/** The header fields of an answer as the client gets them: what means one connection ends here. */
final class ResponseFields {
  private ResponseFields() {}

  /** What may pass of an interim answer, with the names that HTTP/2 demands. */
  static MultiMap hints(MultiMap from) {
    var passing = MultiMap.caseInsensitiveMultiMap();
    copy(from, passing);
    var hints = MultiMap.caseInsensitiveMultiMap();
    for (var field : passing) {
      hints.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
    }
    return hints;
  }

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
