package dev.rendezvous.loadtests.compare;

import dev.rendezvous.loadtests.report.Results;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A variant as its clients meet it.
 *
 * @param name as in {@link Results}
 * @param users where requests for users go, in turns
 * @param orders where requests for orders go
 * @param system what it shares with others that have the same databases
 * @param userManagement of each user service, by its name
 * @param processes the ids of all that it consists of, by name
 */
record Target(
    String name,
    List<URI> users,
    URI orders,
    String system,
    Map<String, String> userManagement,
    Supplier<Map<String, List<Long>>> processes) {

  /** What is asked. */
  enum Kind {
    READ("GET /users/{id}"),
    ORDER("POST /orders");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** For people and for results. */
    String text() {
      return text;
    }
  }

  List<Long> processIds() {
    return processes.get().values().stream().flatMap(List::stream).toList();
  }

  /** Where to connect to. */
  static InetSocketAddress socket(URI address) {
    return new InetSocketAddress(address.getHost(), address.getPort());
  }
}
