package dev.rendezvous.discovery.consul;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.directory.Prober;
import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.registry.HostPort;
import dev.rendezvous.discovery.testing.Await;
import dev.rendezvous.discovery.testing.ConsulProcess;
import dev.rendezvous.discovery.testing.RecordedNews;
import dev.rendezvous.discovery.testing.TestInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One instance and a real Consul. */
class RegistrarIT {

  private static final String PASSING = "/v1/health/service/s?passing";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(3_600_000));
  private final ConsulProcess consul = ConsulProcess.started();
  private final ConsulTarget target =
      new ConsulTarget(new HostPort("127.0.0.1", consul.port()), false, "", null, null);
  private final TestInstance instance = TestInstance.started(vertx, "s");
  private final ConsulRegistrar registrar = registrar();

  @AfterEach
  void close() {
    result(registrar.close());
    result(vertx.close());
    consul.close();
  }

  private ConsulRegistrar registrar() {
    return new ConsulRegistrar(vertx, target, new Prober(vertx)::isReady);
  }

  private static Registration registration(TestInstance at) {
    return new Registration(
        "s",
        "one",
        at.host(),
        at.port(),
        at.managementPort(),
        3,
        List.of("blue"),
        Map.of("version", "2"));
  }

  private JsonArray passing() {
    return new JsonArray(consul.get(PASSING));
  }

  @Test
  void tellsConsulEverythingAndIsRoutableAtOnce() {
    long began = System.nanoTime();
    result(registrar.register(registration(instance)));
    until("routable", Duration.ofSeconds(1), () -> passing().size() == 1);
    figure("registered to routable ms", (System.nanoTime() - began) / 1_000_000);
    JsonObject service = passing().getJsonObject(0).getJsonObject("Service");
    assertThat(service.getString("ID")).isEqualTo("one");
    assertThat(service.getString("Address")).isEqualTo("127.0.0.1");
    assertThat(service.getInteger("Port")).isEqualTo(instance.port());
    assertThat(service.getJsonArray("Tags")).containsExactly("blue");
    assertThat(service.getJsonObject("Meta").getString("version")).isEqualTo("2");
    assertThat(service.getJsonObject("Meta").getString("management_port"))
        .isEqualTo(String.valueOf(instance.managementPort()));
    assertThat(service.getJsonObject("Weights").getInteger("Passing")).isEqualTo(3);
    assertThat(registrar.describe().getString("state")).isEqualTo("registered");
  }

  @Test
  void oneThatIsNotReadyYetIsNotRoutable() {
    instance.readiness(503);
    result(registrar.register(registration(instance)));
    assertThat(passing()).isEmpty();
    instance.readiness(200);
    Duration took = until("routable", SOON, () -> passing().size() == 1);
    figure("ready to routable ms", took.toMillis());
  }

  @Test
  void comesBackWhenConsulHasForgottenIt() {
    result(registrar.register(registration(instance)));
    consul.remove("one");
    Duration took = until("back", Duration.ofSeconds(3), () -> passing().size() == 1);
    figure("forgotten to registered again ms", took.toMillis());
  }

  @Test
  void aBlockedEventLoopTakesItOut() {
    Context serving = vertx.getOrCreateContext();
    CountDownLatch release = new CountDownLatch(1);
    Promise<Void> registered = Promise.promise();
    serving.runOnContext(
        ignored -> registrar.register(registration(instance)).onComplete(registered));
    result(registered.future());
    serving.runOnContext(
        ignored -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Duration out = until("out", SOON, () -> passing().isEmpty());
    release.countDown();
    Duration back = until("back", SOON, () -> passing().size() == 1);
    figure("event loop blocked: out after ms", out.toMillis());
    figure("event loop free again: back after ms", back.toMillis());
    assertThat(out).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void theSameIdAtAnotherAddressIsTakenOverAndTheOldOneDoesNotRemoveIt() {
    result(registrar.register(registration(instance)));
    TestInstance moved = TestInstance.started(vertx, "s");
    ConsulRegistrar newcomer = registrar();
    result(newcomer.register(registration(moved)));
    result(registrar.deregister());
    Await.holds(
        "the newcomer stays",
        Duration.ofSeconds(2),
        () ->
            passing().getJsonObject(0).getJsonObject("Service").getInteger("Port") == moved.port());
    result(newcomer.close());
  }

  @Test
  void leavingWaitsUntilOthersHaveHeard() {
    RecordedNews news = new RecordedNews();
    ConsulWatch watch = new ConsulWatch(vertx, target, System::nanoTime);
    vertx.runOnContext(
        ignored -> {
          watch.start(news);
          watch.watch("s");
        });
    result(registrar.register(registration(instance)));
    until("known", SOON, () -> news.ports().equals(List.of(instance.port())));
    long began = System.nanoTime();
    result(registrar.deregister());
    assertThat(news.ports()).isEmpty();
    figure("orderly leave ms", (System.nanoTime() - began) / 1_000_000);
    Await.holds("it does not return", Duration.ofSeconds(2), () -> passing().isEmpty());
    assertThat(registrar.describe().getString("state")).isEqualTo("left");
    result(watch.close());
  }

  @Test
  void leavingADeadConsulIsQuick() {
    result(registrar.register(registration(instance)));
    consul.kill();
    long began = System.nanoTime();
    Future<Void> left = registrar.deregister();
    result(left);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
  }
}
