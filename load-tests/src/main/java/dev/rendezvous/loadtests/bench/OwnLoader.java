package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.load.LoadGenerator;
import dev.rendezvous.loadtests.load.LoadResult;
import dev.rendezvous.loadtests.load.Request;
import dev.rendezvous.loadtests.load.StreamPlan;
import dev.rendezvous.loadtests.load.StreamResult;
import dev.rendezvous.loadtests.proxy.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Our own generator: any number of connections, or a rate that the answers cannot slow down. */
final class OwnLoader implements Loader {
  private static final int MOST_CONNECTIONS = 128;

  private final long seed;
  private final Map<Payload, Double> rates = new EnumMap<>(Payload.class);

  OwnLoader(long seed) {
    this.seed = seed;
  }

  /** Requests a second for the cells with a fixed rate. */
  void setRate(Payload payload, double rate) {
    rates.put(payload, rate);
  }

  Map<Payload, Double> rates() {
    return Map.copyOf(rates);
  }

  @Override
  public Sample measure(Address address, Cell cell, Duration length) throws IOException {
    InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
    Request request = request(address, cell);
    StreamPlan plan =
        cell.fixedRate()
            ? StreamPlan.open(
                    "load", target, rates.getOrDefault(cell.payload(), 1.0), length, n -> request)
                .withConnections(MOST_CONNECTIONS)
            : StreamPlan.closed("load", target, cell.connections(), length, n -> request);
    LoadResult result = LoadGenerator.run(plan.withExpected(status -> status == 200));
    StreamResult stream = result.stream("load");
    if (stream.failed() > 0) {
      throw new IOException(stream.summary());
    }
    return new Sample(
        stream.ok(),
        stream.elapsedNanos() / 1e9,
        stream.latencyMicros(50),
        stream.latencyMicros(99),
        result.generatorWasBottleneck());
  }

  @Override
  public String description() {
    return "our own generator (dev.rendezvous.loadtests.load)";
  }

  private Request request(Address address, Cell cell) {
    return cell.method().equals("GET")
        ? Request.get(cell.payload().path(), address.toString())
        : Request.postJson("/post", address.toString(), cell.payload().json(seed));
  }
}
