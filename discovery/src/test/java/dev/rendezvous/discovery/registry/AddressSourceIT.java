package dev.rendezvous.discovery.registry;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.testing.RecordedNews;
import dev.rendezvous.discovery.testing.ScriptedHostNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses that somebody wrote down, and names that stand for more than one. */
class AddressSourceIT {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedHostNames names = new ScriptedHostNames();
  private final RecordedNews news = new RecordedNews();

  @AfterEach
  void close() {
    result(vertx.close());
  }

  private void watch(AddressSource source, String... services) {
    vertx.runOnContext(
        ignored -> {
          source.start(news);
          List.of(services).forEach(source::watch);
        });
  }

  private List<String> hosts() {
    return news.news().get(news.news().size() - 1).instances().stream()
        .map(ServiceInstance::host)
        .toList();
  }

  @Test
  void aNameStandsForAllItsAddressesAndIsAskedAgain() {
    names.answer(List.of("10.0.0.1", "10.0.0.2"));
    watch(AddressSource.fixed(vertx, names, Map.of("s", List.of(new HostPort("h", 1)))), "s");
    until("first news", SOON, () -> !news.news().isEmpty());
    assertThat(hosts()).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(news.news().get(0).instances()).extracting("node").containsOnly("h");
    names.answer(List.of("10.0.0.3"));
    Duration took =
        until("new address", Duration.ofSeconds(3), () -> hosts().equals(List.of("10.0.0.3")));
    figure("static: a changed name is seen after ms", took.toMillis());
  }

  @Test
  void aRefusedConnectAsksAtOnce() {
    names.answer(List.of("10.0.0.1"));
    AddressSource source =
        AddressSource.fixed(vertx, names, Map.of("s", List.of(new HostPort("h", 1))));
    watch(source, "s");
    until("first news", SOON, () -> !news.news().isEmpty());
    names.answer(List.of("10.0.0.2"));
    vertx.runOnContext(ignored -> source.suspect(news.news().get(0).instances().get(0)));
    until("new address", SOON, () -> hosts().equals(List.of("10.0.0.2")));
  }

  @Test
  void aNameThatCannotBeResolvedIsNoNews() {
    names.fail();
    List<HostPort> both = List.of(new HostPort("h", 1), new HostPort("g", 2));
    watch(AddressSource.fixed(vertx, names, Map.of("s", both)), "s");
    until("failure", SOON, () -> !news.failures().isEmpty());
    assertThat(news.news()).isEmpty();
    assertThat(news.failures().get(0)).isEqualTo("h");
  }

  @Test
  void aServiceThatIsNotListedHasNoInstances() {
    watch(AddressSource.fixed(vertx, names, Map.of()), "s");
    until("news", SOON, () -> !news.news().isEmpty());
    assertThat(hosts()).isEmpty();
  }

  @Test
  void behindAGatewayEveryServiceHasItsAddress() {
    names.answer(List.of("10.0.0.1"));
    watch(AddressSource.gateway(vertx, names, new HostPort("gateway", 8080)), "s", "t");
    until("both", SOON, () -> news.news().size() == 2);
    assertThat(news.news()).extracting("service").containsExactly("s", "t");
    assertThat(news.ports()).containsExactly(8080);
  }

  @Test
  void theMachinesOwnResolverKnowsLiteralsAndTheHostsFile() {
    SystemHostNames system = system();
    assertThat(result(onContext(system, "10.1.2.3"))).containsExactly("10.1.2.3");
    assertThat(result(onContext(system, "::1"))).containsExactly("::1");
    assertThat(result(onContext(system, "localhost"))).containsExactly("127.0.0.1");
    Throwable unknown =
        result(
            onContext(system, "no-such-host.invalid")
                .transform(ended -> Future.succeededFuture(ended.cause())));
    assertThat(unknown).isInstanceOf(UnknownHostException.class);
    system.close();
  }

  private Context context;

  private SystemHostNames system() {
    context = vertx.getOrCreateContext();
    return new SystemHostNames(context);
  }

  private Future<List<String>> onContext(SystemHostNames system, String host) {
    Promise<List<String>> promise = Promise.promise();
    context.runOnContext(ignored -> system.resolve(host).onComplete(promise));
    return promise.future();
  }
}
