package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.testing.ConsulProcess;
import dev.rendezvous.discovery.testing.TestInstance;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Consul that asks for a token and speaks TLS with a CA of its own. */
class SecureConsulIT {

  private static final String TOKEN = "b1gs33cr3t";

  private final Vertx vertx = Vertx.vertx();
  private final int tlsPort = ConsulProcess.freePorts(1).get(0);
  private TestInstance instance;
  private ConsulProcess consul;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    ConsulProcess.run(folder, "tls", "ca", "create");
    ConsulProcess.run(folder, "tls", "cert", "create", "-server", "-dc", "dc1");
    String acl =
        "acl { enabled = true, default_policy = \"deny\", tokens { master = \"%s\" } }"
            .formatted(TOKEN);
    consul =
        ConsulProcess.startedAsProcess(
            "-https-port=" + tlsPort,
            "-hcl=" + acl,
            "-hcl=cert_file = \"" + folder.resolve("dc1-server-consul-0.pem") + "\"",
            "-hcl=key_file = \"" + folder.resolve("dc1-server-consul-0-key.pem") + "\"");
    instance = TestInstance.started(vertx, "s");
  }

  @AfterEach
  void close() {
    result(vertx.close());
    consul.close();
  }

  private Discovery started(DiscoveryOptions options) {
    Discovery discovery =
        Discovery.create(
            vertx, DiscoveryUrl.parse("consul+tls://127.0.0.1:" + tlsPort + "?dc=dc1"), options);
    discovery.watch("s");
    result(discovery.start());
    result(
        discovery.register(
            new Registration(
                "s", "one", instance.host(), instance.port(), instance.managementPort())));
    return discovery;
  }

  private DiscoveryOptions trusting() {
    return DiscoveryOptions.defaults().withCaFile(folder.resolve("consul-agent-ca.pem"));
  }

  @Test
  void registersAndListensWithTokenAndCa() {
    Discovery discovery = started(trusting().withToken(TOKEN));
    until("routable", Duration.ofSeconds(3), () -> discovery.table().instances("s").size() == 1);
    assertThat(discovery.table().instances("s").get(0).datacenter()).isEqualTo("dc1");
    instance.readiness(503);
    result(discovery.deregister());
    until("gone", Duration.ofSeconds(3), () -> discovery.table().instances("s").isEmpty());
    result(discovery.close());
  }

  @Test
  void withoutTheTokenNothingIsRegisteredAndTheReasonIsSeen() {
    Discovery discovery = started(trusting());
    assertThat(discovery.describe().getJsonObject("registration").getString("last_error"))
        .contains("403");
    result(discovery.close());
  }

  @Test
  void withoutTheCaNothingIsBelieved() {
    Discovery discovery = started(DiscoveryOptions.defaults().withToken(TOKEN));
    assertThat(discovery.describe().getString("state")).isEqualTo("degraded");
    assertThat(discovery.table().instances("s")).isEmpty();
    result(discovery.close());
  }
}
