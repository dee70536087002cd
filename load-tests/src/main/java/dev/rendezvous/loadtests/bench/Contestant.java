package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What is measured: the backend itself, or a proxy before it.
 *
 * @param name as the table says it
 * @param version what it says of itself
 * @param compiled whether its code is compiled while it runs, so that it must be warmed up
 */
record Contestant(
    String name, String version, Address address, Optional<RunningProxy> proxy, boolean compiled)
    implements AutoCloseable {

  static final String DIRECT = "direct";
  private static final long BODY_LIMIT = 8 << 20;
  private static final String TRANSPORT = "-Drendezvous.transport=";

  static Contestant direct(Address backend, String version) {
    return new Contestant(DIRECT, version, backend, Optional.empty(), false);
  }

  /** A proxy of another maker. */
  static Contestant of(ProxyName name, Address backend, OptionalInt core) throws IOException {
    ProxySettings settings = settings(backend, core);
    return new Contestant(
        name.label(), name.version(settings.java()), RunningProxy.start(name, settings), false);
  }

  /** Ours on a JDK: on a new one by io_uring, on an old one by epoll, its default. */
  static Contestant ours(int release, Path java, Address backend, OptionalInt core)
      throws IOException {
    String transport = release < 24 ? "epoll" : "io_uring";
    ProxySettings settings = settings(backend, core).withJava(java, List.of(TRANSPORT + transport));
    return new Contestant(
        "%s (JDK %d, %s)".formatted(ProxyName.RENDEZVOUS.label(), release, transport),
        ProxyName.RENDEZVOUS.version(java),
        RunningProxy.start(ProxyName.RENDEZVOUS, settings),
        true);
  }

  private Contestant(String name, String version, RunningProxy proxy, boolean compiled) {
    this(name, version, proxy.address(), Optional.of(proxy), compiled);
  }

  private static ProxySettings settings(Address backend, OptionalInt core) {
    ProxySettings settings = ProxySettings.inFrontOf(backend).withBodyLimit(BODY_LIMIT);
    return core.isPresent() ? settings.onCore(core.getAsInt()) : settings;
  }

  /** The configuration files as they were given to it, by name. */
  Map<String, String> configuration() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (proxy.isPresent()) {
      Path folder = proxy.get().folder();
      for (String name : List.of("nginx.conf", "haproxy.cfg", "Caddyfile", "routes.yaml")) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          files.put(name, Files.readString(file).replace(folder.toString(), "DIR"));
        }
      }
    }
    return files;
  }

  /** Measures one cell, the processor time of the proxy's processes with it. */
  Sample measure(Loader loader, Cell cell, Duration length) throws IOException {
    try {
      if (proxy.isEmpty()) {
        return loader.measure(address, cell, length);
      }
      Duration before = proxy.get().cpuTime();
      Sample sample = loader.measure(address, cell, length);
      Duration used = proxy.get().cpuTime().minus(before);
      return sample.withCpu(used.toNanos() / 1e9);
    } catch (IOException failed) {
      throw new IOException(name + ", " + cell.label() + ": " + failed.getMessage(), failed);
    }
  }

  /** Its processes; none where it is the backend itself. */
  List<Long> processIds() {
    return proxy.map(RunningProxy::processIds).orElse(List.of());
  }

  @Override
  public void close() throws IOException {
    if (proxy.isPresent()) {
      proxy.get().close();
    }
  }
}
