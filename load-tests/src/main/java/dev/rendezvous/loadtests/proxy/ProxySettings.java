package dev.rendezvous.loadtests.proxy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What all proxies are told alike; each does of it what it can.
 *
 * @param routes the longest prefix that covers a path wins
 * @param core the core that the processes are bound to
 * @param firstByte how long an answer may be silent
 * @param requestHead how long a request's head may take
 * @param bodyLimit the most bytes of a request's body
 * @param streaming whether bodies are passed on as they come, both ways, where that is a choice
 * @param certificate for a port with TLS, which offers HTTP/2 by ALPN; null for no such port
 * @param java the JDK that runs ours
 * @param javaFlags more flags for ours, such as its transport
 */
public record ProxySettings(
    List<ProxyRoute> routes,
    OptionalInt core,
    Duration firstByte,
    Duration requestHead,
    long bodyLimit,
    boolean streaming,
    @Nullable ServerCertificate certificate,
    Path java,
    List<String> javaFlags) {

  static final Duration REQUEST_HEAD = Duration.ofSeconds(10);

  public ProxySettings {
    routes = List.copyOf(routes);
    javaFlags = List.copyOf(javaFlags);
  }

  /** The gateway's own defaults, in front of one service with these instances. */
  public static ProxySettings inFrontOf(Address... instances) {
    return inFrontOf(List.of(new ProxyRoute("/", instances)));
  }

  /** The gateway's own defaults, with these routes. */
  public static ProxySettings inFrontOf(List<ProxyRoute> routes) {
    return new ProxySettings(
        routes,
        OptionalInt.empty(),
        Duration.ofSeconds(15),
        REQUEST_HEAD,
        1 << 20,
        true,
        null,
        Path.of(System.getProperty("java.home", "")),
        List.of());
  }

  /** Bound to one core, counted from 0. */
  public ProxySettings onCore(int number) {
    return new ProxySettings(
        routes,
        OptionalInt.of(number),
        firstByte,
        requestHead,
        bodyLimit,
        streaming,
        certificate,
        java,
        javaFlags);
  }

  /** With other times for the head of a request and for the first byte of an answer. */
  public ProxySettings withTimes(Duration head, Duration answer) {
    return new ProxySettings(
        routes, core, answer, head, bodyLimit, streaming, certificate, java, javaFlags);
  }

  /** With another limit for request bodies, in bytes. */
  public ProxySettings withBodyLimit(long bytes) {
    return new ProxySettings(
        routes, core, firstByte, requestHead, bytes, streaming, certificate, java, javaFlags);
  }

  /** Passes bodies on as they come, or lets those that buffer by default do so. */
  public ProxySettings withStreaming(boolean wanted) {
    return new ProxySettings(
        routes, core, firstByte, requestHead, bodyLimit, wanted, certificate, java, javaFlags);
  }

  /** With a port for TLS. */
  public ProxySettings withTls(ServerCertificate shown) {
    return new ProxySettings(
        routes, core, firstByte, requestHead, bodyLimit, streaming, shown, java, javaFlags);
  }

  /** Runs ours on the JDK in this folder, with these flags besides those that it always gets. */
  public ProxySettings withJava(Path home, List<String> flags) {
    return new ProxySettings(
        routes, core, firstByte, requestHead, bodyLimit, streaming, certificate, home, flags);
  }
}
