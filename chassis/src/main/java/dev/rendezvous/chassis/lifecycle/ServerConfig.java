package dev.rendezvous.chassis.lifecycle;

import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Pattern;

/** What every process of ours is told: where it serves, where it is managed, what it logs. */
public record ServerConfig(
    String host, int port, String managementHost, int managementPort, Telemetry.Config telemetry) {
  // InetAddress also takes brackets and short forms such as "8080", which others read differently.
  private static final Pattern HOST =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|(?![0-9.]+$)[0-9A-Za-z._:%-]+");

  /** Reads {@code HOST}, {@code PORT}, {@code MANAGEMENT_HOST}, {@code MANAGEMENT_PORT}, … . */
  public static ServerConfig from(Env env, int port, int managementPort) {
    var config =
        new ServerConfig(
            host(env, "HOST", "0.0.0.0"),
            env.port("PORT", port),
            host(env, "MANAGEMENT_HOST", "127.0.0.1"),
            env.port("MANAGEMENT_PORT", managementPort),
            Telemetry.Config.from(env));
    if (config.port == config.managementPort) {
      env.refuse(
          "MANAGEMENT_PORT=%d is refused; accepted is another port than PORT"
              .formatted(config.port));
    }
    return config;
  }

  /** The default stands in for what was refused, so that the rest is still read. */
  private static String host(Env env, String name, String fallback) {
    String host =
        env.value(
            name,
            fallback,
            "an IP address of this machine or a name that resolves to one",
            ServerConfig::ofThisMachine);
    return host == null ? fallback : host;
  }

  private static String ofThisMachine(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    // Only the system knows: a bind to any free port, without a listen, asks it.
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(text), 0));
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
