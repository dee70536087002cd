package dev.rendezvous.discovery;

import dev.rendezvous.discovery.instance.Registration;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that concern discovery, read in the same way by every server.
 *
 * @param url {@code DISCOVERY_URL}
 * @param snapshot {@code DISCOVERY_SNAPSHOT}: the file of the last good news
 * @param token {@code CONSUL_HTTP_TOKEN}
 * @param caFile {@code CONSUL_CACERT}
 * @param self what this process says of itself to a registry; null where there is none to tell
 */
public record DiscoveryConfig(
    DiscoveryUrl url,
    Path snapshot,
    @Nullable String token,
    @Nullable Path caFile,
    @Nullable Registration self) {

  private static final String BUT_A_GATEWAY =
      DiscoveryUrl.ACCEPTED.replace("http://host:port, ", "");
  private static final Pattern HOST_NAME =
      Pattern.compile("(?=.{1,253}$)(?![0-9.]+$)[\\w-]{1,63}(\\.[\\w-]{1,63})*\\.?");

  /** What a process serves, and where it serves, as far as it knows by itself. */
  public record Server(
      String service, String host, int port, String managementHost, int managementPort) {}

  /** How a variable is read, with its default, and who takes a line about each that is refused. */
  private record Variables(BinaryOperator<String> text, Consumer<String> refusals) {
    String text(String name, String fallback) {
      return text.apply(name, fallback);
    }

    void refuse(String name, String value, String accepted) {
      refusals.accept("%s=%s is refused; accepted is %s".formatted(name, value, accepted));
    }
  }

  /**
   * Reads the variables of a server that a registry may be told of.
   *
   * @param text gives a variable by its name, or the default that it is called with
   * @param refuse takes a line about each that is refused, which may hold a secret
   * @return null where {@code DISCOVERY_URL} was refused
   */
  public static @Nullable DiscoveryConfig from(
      BinaryOperator<String> text, Consumer<String> refuse, Server server, String defaultUrl) {
    var variables = new Variables(text, refuse);
    var url = url(variables, defaultUrl, DiscoveryUrl.ACCEPTED);
    var self = self(variables, server, url);
    return read(variables, server.service(), url, self);
  }

  /**
   * Reads the variables of a gateway: no registry is told of it, and behind a gateway of gateways a
   * request could go round in circles.
   *
   * @param text gives a variable by its name, or the default that it is called with
   * @param refuse takes a line about each that is refused, which may hold a secret
   * @return null where {@code DISCOVERY_URL} was refused
   */
  public static @Nullable DiscoveryConfig ofGateway(
      BinaryOperator<String> text, Consumer<String> refuse, String service, String defaultUrl) {
    var variables = new Variables(text, refuse);
    var url = url(variables, defaultUrl, BUT_A_GATEWAY);
    return read(variables, service, url, null);
  }

  /** All but the meters. */
  public DiscoveryOptions options() {
    return DiscoveryOptions.defaults().withSnapshot(snapshot).withToken(token).withCaFile(caFile);
  }

  private static @Nullable DiscoveryUrl url(Variables variables, String fallback, String accepted) {
    var text = variables.text("DISCOVERY_URL", fallback);
    try {
      var url = DiscoveryUrl.parse(text);
      if (accepted.equals(DiscoveryUrl.ACCEPTED) || !(url instanceof DiscoveryUrl.Gateway)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // The line below says what its message would.
    }
    variables.refuse("DISCOVERY_URL", text, accepted);
    return null;
  }

  private static @Nullable DiscoveryConfig read(
      Variables variables,
      String service,
      @Nullable DiscoveryUrl url,
      @Nullable Registration self) {
    var snapshot = snapshot(variables);
    var token = variables.text("CONSUL_HTTP_TOKEN", "");
    var ca = caFile(variables);
    if (url == null) {
      return null;
    }
    return new DiscoveryConfig(
        url,
        snapshot == null ? DiscoveryOptions.defaultSnapshot(service, url) : snapshot,
        token.isEmpty() ? null : token,
        ca,
        self);
  }

  private static @Nullable Path snapshot(Variables variables) {
    var text = variables.text("DISCOVERY_SNAPSHOT", "");
    if (text.isEmpty()) {
      return null;
    }
    try {
      var file = Path.of(text).toAbsolutePath();
      var folder = file.getParent();
      if (folder != null && (Files.isRegularFile(file) || !Files.exists(file))) {
        Files.createDirectories(folder);
        return file;
      }
    } catch (IOException | InvalidPathException e) {
      // The line below names the variable, which is at fault.
    }
    variables.refuse("DISCOVERY_SNAPSHOT", text, "the path of a file that can be written");
    return null;
  }

  private static @Nullable Path caFile(Variables variables) {
    var text = variables.text("CONSUL_CACERT", "");
    if (text.isEmpty()) {
      return null;
    }
    try {
      var file = Path.of(text);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // The line below names the variable, which is at fault.
    }
    variables.refuse("CONSUL_CACERT", text, "the path of a file that can be read");
    return null;
  }

  /** Null where there is no registry to tell; the variables are checked all the same. */
  private static @Nullable Registration self(
      Variables variables, Server server, @Nullable DiscoveryUrl url) {
    var consul = url instanceof DiscoveryUrl.Consul agent ? agent : null;
    var reached =
        consul != null && isAny(server.host()) ? localAddressTowards(consul) : server.host();
    var host = variables.text("ADVERTISE_HOST", reached);
    if (!isHost(host)) {
      variables.refuse("ADVERTISE_HOST", host, "a host name or an IP address");
    }
    var port = port(variables, server.port());
    if (consul == null) {
      return null;
    }
    if (isLoopback(server.managementHost()) && !isLoopback(host)) {
      variables.refuse(
          "MANAGEMENT_HOST",
          server.managementHost(),
          "an address that the registry can reach for its health checks, such as 0.0.0.0, where ADVERTISE_HOST is "
              + host);
    }
    var id = variables.text("INSTANCE_ID", "%s-%s-%d".formatted(server.service(), host, port));
    return new Registration(server.service(), id, host, port, server.managementPort());
  }

  private static int port(Variables variables, int fallback) {
    var text = variables.text("ADVERTISE_PORT", Integer.toString(fallback));
    if (text.matches("[0-9]{1,5}")) {
      var port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    variables.refuse("ADVERTISE_PORT", text, "a whole number from 1 to 65535");
    return fallback;
  }

  private static boolean isHost(String text) {
    return HOST_NAME.matcher(text).matches()
        || NetUtil.isValidIpV4Address(text)
        || (NetUtil.isValidIpV6Address(text) && !text.startsWith("["));
  }

  /** The address that this machine would send from; no packet is sent (connect of UDP is local). */
  private static String localAddressTowards(DiscoveryUrl.Consul consul) {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(consul.agent().host(), consul.agent().port()));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | java.io.UncheckedIOException e) {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
  }

  private static boolean isAny(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }
}
