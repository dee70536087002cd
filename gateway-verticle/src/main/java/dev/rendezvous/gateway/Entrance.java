package dev.rendezvous.gateway;

import dev.rendezvous.discovery.call.Call;
import dev.rendezvous.gateway.route.ClientAddress;
import dev.rendezvous.gateway.route.Route;
import dev.rendezvous.gateway.route.Routes;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Finds the route of an admitted request and lets it in, or says why not. */
final class Entrance {
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");

  private Entrance() {}

  /** What becomes of an admitted request. */
  sealed interface Entry {}

  /**
   * It is in; its route's gate is to be told when it is over.
   *
   * @param uri the path and query for the service
   */
  record Entered(Route route, String service, String host, String uri) implements Entry {

    /** How it is to be sent; see {@link Call} for the two words. */
    Call call(boolean repeatable, boolean kept) {
      var times = route.times();
      return new Call(
          service,
          repeatable && kept,
          kept,
          times.firstByte(),
          times.tryFirstByte(),
          route.tries());
    }
  }

  /**
   * It is answered here.
   *
   * @param headers fields of the answer that say more
   */
  record Refused(Failure failure, Map<String, String> headers) implements Entry {}

  /** Lets a request in or refuses it. */
  static Entry enter(Routes routes, Edge.Admitted admitted, ExchangeRecord record) {
    var table = routes.table();
    var target = admitted.target();
    var route = table.find(target.path(), admitted.host(), record.request().method().name());
    if (route == null) {
      var methods = table.methods(target.path(), admitted.host());
      return methods.isEmpty()
          ? new Refused(Failure.NO_ROUTE, Map.of())
          : new Refused(Failure.METHOD_NOT_ROUTED, Map.of("Allow", String.join(", ", methods)));
    }
    var service = route.destinations().choose(ThreadLocalRandom.current());
    record.routed(route, service);
    var gate = route.gate();
    var refusal = gate.enter(gate.asksForClient() ? client(record, routes) : "", record.begun());
    if (refusal != null) {
      return new Refused(
          refusal.full() ? Failure.ROUTE_FULL : Failure.RATE_LIMITED,
          Map.of("Retry-After", Long.toString(refusal.retryAfter())));
    }
    return new Entered(route, service, admitted.host(), route.uri(target));
  }

  private static String client(ExchangeRecord record, Routes routes) {
    var request = record.request();
    return ClientAddress.of(
        record.client().host(), request.headers().getAll(FORWARDED_FOR), routes.server().trusted());
  }
}
