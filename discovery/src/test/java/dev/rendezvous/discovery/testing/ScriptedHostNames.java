package dev.rendezvous.discovery.testing;

import dev.rendezvous.discovery.registry.HostNames;
import io.vertx.core.Future;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A name service that says what a test wants. */
public final class ScriptedHostNames implements HostNames {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<String> addresses = List.of();

  public void answer(List<String> newAddresses) {
    addresses = List.copyOf(newAddresses);
  }

  public void fail() {
    addresses = List.of();
  }

  public int asked() {
    return asked.get();
  }

  @Override
  public Future<List<String>> resolve(String host) {
    asked.incrementAndGet();
    List<String> now = addresses;
    return now.isEmpty()
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(now);
  }

  @Override
  public void close() {}
}
