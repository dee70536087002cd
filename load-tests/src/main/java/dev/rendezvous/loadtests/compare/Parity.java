package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.client.Outcome;
import dev.rendezvous.loadtests.compare.Target.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Looks before each cell whether all variants do the same: equal bodies to the byte where they
 * share a database, and equal but for ids and times where they do not.
 */
final class Parity {

  private final Client client = new Client();
  private final Map<String, String> bodies = new HashMap<>();

  /**
   * @param user whom the request is about
   * @throws RunFailure saying which answers differ
   */
  void check(Target target, Kind kind, long user) {
    String key = UUID.randomUUID().toString();
    Outcome outcome =
        kind == Kind.READ
            ? client.get(target.users().get(0) + "/users/" + user)
            : client.order(target.orders().toString(), user, "Parity", key);
    int expected = kind == Kind.READ ? 200 : 201;
    if (outcome.status() != expected) {
      throw new RunFailure(target.name() + ": " + expected + " was expected of " + outcome);
    }
    if (kind == Kind.READ) {
      requireEqual(target, kind.text() + " in " + target.system(), outcome.body());
    }
    requireEqual(target, kind.text(), withoutIdsAndTimes(outcome.body()));
  }

  private void requireEqual(Target target, String what, String body) {
    String first = bodies.putIfAbsent(what, body);
    if (first != null && !first.equals(body)) {
      throw new RunFailure(
          what + " gives " + body + " by way of " + target.name() + ", and elsewhere " + first);
    }
  }

  static String withoutIdsAndTimes(String body) {
    return body.replaceAll("\"(id|user_id)\":[0-9]+", "\"$1\":0")
        .replaceAll("\"created_at\":\"[^\"]*\"", "\"created_at\":\"\"");
  }
}
