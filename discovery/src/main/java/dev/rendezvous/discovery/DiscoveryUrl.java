package dev.rendezvous.discovery;

import dev.rendezvous.discovery.registry.HostPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a process finds the others: a target with a scheme, as gRPC's name resolution has it. */
public sealed interface DiscoveryUrl {

  /** All forms, in one line. */
  String ACCEPTED =
      "http://host:port, static:service=host:port,host:port;service2=host:port, "
          + "consul://host:port[?source=watch|bridge&dc=name], consul+tls://host:port[?dc=name]";

  /** Every service is behind this gateway. */
  record Gateway(HostPort address) implements DiscoveryUrl {
    @Override
    public String toString() {
      return "http://" + address;
    }
  }

  /** A fixed list; a service that is not in it does not exist. */
  record FixedList(Map<String, List<HostPort>> services) implements DiscoveryUrl {
    @Override
    public String toString() {
      return services.entrySet().stream()
          .map(
              entry ->
                  entry.getValue().stream()
                      .map(HostPort::toString)
                      .collect(Collectors.joining(",", entry.getKey() + "=", "")))
          .collect(Collectors.joining(";", "static:", ""));
    }
  }

  /**
   * A Consul agent.
   *
   * @param datacenter whose services are wanted, empty for the agent's own
   */
  record Consul(HostPort agent, boolean tls, boolean bridge, String datacenter)
      implements DiscoveryUrl {
    @Override
    public String toString() {
      return (tls ? "consul+tls://" : "consul://")
          + agent
          + (bridge ? "?source=bridge" : "?source=watch")
          + (datacenter.isEmpty() ? "" : "&dc=" + datacenter);
    }
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with one line that says what is wrong and what is accepted
   */
  static DiscoveryUrl parse(String text) {
    try {
      if (text.startsWith("http://")) {
        return new Gateway(address(text.substring("http://".length()), 80));
      }
      if (text.startsWith("static:")) {
        return new FixedList(services(text.substring("static:".length())));
      }
      if (text.startsWith("consul://")) {
        return consul(text.substring("consul://".length()), false);
      }
      if (text.startsWith("consul+tls://")) {
        return consul(text.substring("consul+tls://".length()), true);
      }
      throw new IllegalArgumentException("'" + text + "' has no known scheme");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; accepted: " + ACCEPTED, e);
    }
  }

  private static HostPort address(String text, int defaultPort) {
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    boolean portless = bare.lastIndexOf(':') <= bare.lastIndexOf(']');
    return HostPort.parse(portless ? bare + ":" + defaultPort : bare);
  }

  private static Map<String, List<HostPort>> services(String text) {
    Map<String, List<HostPort>> services = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(0, equals));
      if (!name.matches("[A-Za-z0-9._-]+")) {
        throw new IllegalArgumentException("'" + part + "' is not service=host:port");
      }
      List<HostPort> addresses =
          Arrays.stream(part.substring(equals + 1).split(",", -1)).map(HostPort::parse).toList();
      if (services.put(name, addresses) != null) {
        throw new IllegalArgumentException("'" + name + "' is listed twice");
      }
    }
    return services;
  }

  private static Consul consul(String text, boolean tls) {
    int question = text.indexOf('?');
    HostPort agent = address(question < 0 ? text : text.substring(0, question), tls ? 8501 : 8500);
    boolean bridge = false;
    String datacenter = "";
    for (String pair : question < 0 ? List.<String>of() : pairs(text.substring(question + 1))) {
      if (pair.equals("source=bridge")) {
        bridge = true;
      } else if (pair.matches("dc=[a-z0-9_-]+")) {
        datacenter = pair.substring("dc=".length());
      } else if (!pair.equals("source=watch")) {
        throw new IllegalArgumentException("'" + pair + "' is no known parameter");
      }
    }
    if (bridge && tls) {
      throw new IllegalArgumentException("source=bridge cannot use TLS");
    }
    return new Consul(agent, tls, bridge, datacenter);
  }

  private static List<String> pairs(String query) {
    return new ArrayList<>(Arrays.asList(query.split("&", -1)));
  }
}
