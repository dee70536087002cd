package dev.rendezvous.playground;

import java.util.Locale;

/** What a person reads when the system is ready: where everything is, and what to type first. */
final class Welcome {

  private Welcome() {}

  static String text(Playground playground, double seconds) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "Ready after %.1f s.%n%n", seconds));
    for (Part part : playground.parts()) {
      text.append(
          "  %-10s %-38s pid %-7d %s%n"
              .formatted(part.name(), part.address(), part.pid().orElse(0), part.log()));
    }
    ConsulAgent consul = playground.blueprint().consul;
    if (consul != null) {
      text.append("%n  Consul's page: %s%n".formatted(consul.page()));
    }
    text.append(
        """

        Try:
          curl -i -X POST %1$s/users -H 'Content-Type: application/json' -d '{"name":"Alice"}'
          curl -i -X POST %2$s/orders -H 'Content-Type: application/json' -d '{"user_id":1,"item":"Book"}'
          curl -i %2$s/orders/1

        Ctrl-C stops all of it; the data stays in %3$s.
        """
            .formatted(
                playground.users(), playground.orders(), playground.logs().resolveSibling("")));
    return text.toString();
  }
}
