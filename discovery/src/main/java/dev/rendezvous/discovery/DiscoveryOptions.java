package dev.rendezvous.discovery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What discovery needs besides its URL; everything has a default.
 *
 * @param snapshot the file of the last good news, null to keep none
 * @param token Consul's ACL token, null to send none
 * @param caFile PEM file of the CAs that Consul's certificate is held against, null for the JDK's
 * @param meters where the figures go
 * @param nanos a clock that never goes back
 */
public record DiscoveryOptions(
    @Nullable Path snapshot,
    @Nullable String token,
    @Nullable Path caFile,
    MeterRegistry meters,
    LongSupplier nanos) {

  /** No file, no token, no CA, no meters. */
  public static DiscoveryOptions defaults() {
    return new DiscoveryOptions(null, null, null, new CompositeMeterRegistry(), System::nanoTime);
  }

  /** Keeps the last good news in this file. */
  public DiscoveryOptions withSnapshot(@Nullable Path file) {
    return new DiscoveryOptions(file, token, caFile, meters, nanos);
  }

  /** Sends this ACL token to Consul. */
  public DiscoveryOptions withToken(@Nullable String secret) {
    return new DiscoveryOptions(snapshot, secret, caFile, meters, nanos);
  }

  /** Trusts the CAs of this PEM file. */
  public DiscoveryOptions withCaFile(@Nullable Path file) {
    return new DiscoveryOptions(snapshot, token, file, meters, nanos);
  }

  /** Counts there. */
  public DiscoveryOptions withMeters(MeterRegistry registry) {
    return new DiscoveryOptions(snapshot, token, caFile, registry, nanos);
  }

  /** The file in the temporary folder that belongs to this process and this registry. */
  public static Path defaultSnapshot(String owner, DiscoveryUrl url) {
    String registry = url.toString().replaceAll("[^A-Za-z0-9]+", "-");
    String name = owner + "-" + registry;
    String file = name.length() < 150 ? name : owner + "-" + Integer.toHexString(name.hashCode());
    return Path.of(System.getProperty("java.io.tmpdir"), "rendezvous", file + ".json");
  }

  @Override
  public String toString() {
    return "snapshot=" + snapshot + ", token=" + (token == null ? "none" : "***");
  }
}
