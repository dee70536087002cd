package dev.rendezvous.loadtests.conformance.run;

import dev.rendezvous.loadtests.backend.ScriptedBackend;
import dev.rendezvous.loadtests.conformance.CaseRunner;
import dev.rendezvous.loadtests.conformance.tools.VarnishScripts;
import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Ports;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.proxy.ProxyRoute;
import dev.rendezvous.loadtests.proxy.ProxySettings;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.proxy.ServerCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One proxy with the routes that the cases use: {@code /} to a service, {@code /alone}, {@code
 * /extra} and {@code /more} to it by other ports, {@code /dead} to a port where nobody listens,
 * {@code /pair} to that and to the service.
 */
final class ProxyRun implements AutoCloseable {
  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final Duration FIRST_BYTE = Duration.ofSeconds(2);

  /** Ours shall be up soon; it is not measured here. */
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");

  private final ScriptedBackend backend;
  private final VarnishScripts scripts;
  private final RunningProxy proxy;

  private ProxyRun(ScriptedBackend backend, VarnishScripts scripts, RunningProxy proxy) {
    this.backend = backend;
    this.scripts = scripts;
    this.proxy = proxy;
  }

  /**
   * Starts it.
   *
   * @param certificate null for clear text
   */
  static ProxyRun start(ProxyName name, @Nullable ServerCertificate certificate)
      throws IOException {
    var backend = ScriptedBackend.start(4);
    var scripts = new VarnishScripts();
    try {
      var dead = Address.local(Ports.free());
      var own =
          Stream.of(
              new ProxyRoute("/", backend.address(0)),
              new ProxyRoute("/alone", backend.address(1)),
              new ProxyRoute("/extra", backend.address(2)),
              new ProxyRoute("/more", backend.address(3)),
              new ProxyRoute("/dead", dead),
              new ProxyRoute("/pair", dead, backend.address(1)));
      var settings =
          ProxySettings.inFrontOf(Stream.concat(own, scripts.routes()).toList())
              .withTimes(HEAD, FIRST_BYTE)
              .withJava(Path.of(System.getProperty("java.home", "")), FLAGS);
      var secured = certificate == null ? settings : settings.withTls(certificate);
      return new ProxyRun(backend, scripts, RunningProxy.start(name, secured));
    } catch (IOException | RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  RunningProxy proxy() {
    return proxy;
  }

  VarnishScripts scripts() {
    return scripts;
  }

  CaseRunner cases() {
    return new CaseRunner(proxy, backend);
  }

  @Override
  public void close() throws IOException {
    try (backend) {
      proxy.close();
    }
  }
}
