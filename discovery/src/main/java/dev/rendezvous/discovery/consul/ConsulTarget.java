package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.registry.HostPort;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Consul agent and how to talk to it.
 *
 * @param datacenter whose services are wanted, empty for the agent's own
 * @param token the ACL token, null to send none
 * @param caFile PEM file of the trusted CAs, null for the JDK's
 */
public record ConsulTarget(
    HostPort agent, boolean tls, String datacenter, @Nullable String token, @Nullable Path caFile) {

  @Nullable PemTrustOptions trust() {
    return caFile == null ? null : new PemTrustOptions().addCertPath(caFile.toString());
  }

  @Override
  public String toString() {
    return "Consul at " + agent;
  }
}
