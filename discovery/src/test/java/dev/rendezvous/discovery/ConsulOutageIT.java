package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.testing.Await;
import dev.rendezvous.discovery.testing.ConsulProcess;
import dev.rendezvous.discovery.testing.TestInstance;
import dev.rendezvous.discovery.testing.TestLoad;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers notice when Consul dies, loses its data, hangs or is not there yet: nothing. */
class ConsulOutageIT {

  private static final String USERS = "user-service";

  private final Vertx vertx = Vertx.vertx();
  private final ConsulProcess consul = ConsulProcess.startedAsProcess();
  private TestInstance one;
  private TestInstance two;
  private Discovery first;
  private Discovery second;
  private Discovery caller;
  private String source;

  @TempDir Path folder;

  private void twoRegisteredInstancesAndACaller(String callersSource) {
    source = callersSource;
    one = TestInstance.started(vertx, USERS);
    two = TestInstance.started(vertx, USERS);
    first = registered("user-1", one);
    second = registered("user-2", two);
    caller = caller();
    until("both are in the table", Duration.ofSeconds(3), () -> known(caller) == 2);
  }

  @AfterEach
  void close() {
    Stream.of(first, second, caller).forEach(discovery -> result(discovery.close()));
    result(vertx.close());
    consul.close();
  }

  private Discovery registered(String id, TestInstance instance) {
    Discovery discovery =
        Discovery.create(vertx, DiscoveryUrl.parse(consul.url()), DiscoveryOptions.defaults());
    result(discovery.start());
    result(
        discovery.register(
            new Registration(USERS, id, "127.0.0.1", instance.port(), instance.managementPort())));
    return discovery;
  }

  private Discovery caller() {
    Discovery discovery =
        Discovery.create(
            vertx,
            DiscoveryUrl.parse(consul.url() + "?source=" + source),
            DiscoveryOptions.defaults().withSnapshot(folder.resolve("caller.json")));
    discovery.watch(USERS);
    result(discovery.start());
    return discovery;
  }

  private static int known(Discovery discovery) {
    return discovery.table().instances(USERS).size();
  }

  private boolean consulKnowsBoth() {
    String answer = consul.get("/v1/health/service/" + USERS + "?passing");
    return answer.contains("user-1") && answer.contains("user-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "bridge"})
  void servesThroughADeadConsulAndRegistersWithOneThatCameBackEmpty(String by) {
    twoRegisteredInstancesAndACaller(by);
    TestLoad load = TestLoad.started(vertx, caller, USERS);
    consul.kill();
    Await.holds("both stay known", Duration.ofSeconds(3), () -> known(caller) == 2);
    if (by.equals("watch")) {
      assertThat(state(caller)).isEqualTo("degraded");
    }
    consul.start();
    Duration back =
        until("in touch", Duration.ofSeconds(5), () -> state(caller).equals("in_touch"));
    Duration registered =
        until("both registered again", Duration.ofSeconds(3), this::consulKnowsBoth);
    Await.holds("both stay known", Duration.ofSeconds(2), () -> known(caller) == 2);
    figure(by + ": Consul killed and back empty: failed of " + load.stop(), load.failures());
    figure(by + ": Consul back: in touch after ms", back.toMillis());
    figure(by + ": Consul back: all registered after ms", back.plus(registered).toMillis());
    assertThat(load.failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "bridge"})
  void aHungConsulIsNotNoticedByCallers(String by) {
    twoRegisteredInstancesAndACaller(by);
    TestLoad load = TestLoad.started(vertx, caller, USERS);
    consul.hang();
    Await.holds("both stay known", Duration.ofSeconds(3), () -> known(caller) == 2);
    consul.resume();
    until("both registered", Duration.ofSeconds(3), this::consulKnowsBoth);
    figure(by + ": Consul hung for 3 s: failed of " + load.stop(), load.failures());
    assertThat(load.failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "bridge"})
  void aCallerThatStartsWithoutConsulUsesItsSnapshot(String by) {
    twoRegisteredInstancesAndACaller(by);
    until("file", Duration.ofSeconds(3), () -> folder.resolve("caller.json").toFile().exists());
    result(caller.close());
    consul.kill();
    two.stop();
    caller = caller();
    assertThat(caller.table().instances(USERS)).extracting("id").containsExactly("user-1");
    assertThat(caller.table().news(USERS).source()).isEqualTo("snapshot");
    TestLoad load = TestLoad.started(vertx, caller, USERS);
    two.start();
    Duration joined = until("two answers", Duration.ofSeconds(3), () -> known(caller) == 2);
    figure(by + ": cold start from the snapshot: failed of " + load.stop(), load.failures());
    figure(by + ": an instance of the snapshot came up: known after ms", joined.toMillis());
    assertThat(load.failures()).isEmpty();
  }

  @Test
  void anInstanceThatStartsWithoutConsulRegistersWhenItComes() {
    twoRegisteredInstancesAndACaller("watch");
    consul.kill();
    result(first.close());
    first = registered("user-3", one);
    consul.start();
    Duration registered =
        until(
            "user-3 is healthy in Consul",
            Duration.ofSeconds(3),
            () -> consul.get("/v1/health/service/" + USERS + "?passing").contains("user-3"));
    figure("Consul down at start: registered after ms", registered.toMillis());
  }

  private static String state(Discovery discovery) {
    return discovery.describe().getString("state");
  }
}
