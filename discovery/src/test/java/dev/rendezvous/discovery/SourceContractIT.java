package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.directory.Directory;
import dev.rendezvous.discovery.directory.Prober;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.testing.Await;
import dev.rendezvous.discovery.testing.SourceUnderTest;
import dev.rendezvous.discovery.testing.TestInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every source must make true in the table, however it comes to know. */
class SourceContractIT {

  private static final String USERS = "user-service";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private SourceUnderTest source;
  private Directory directory;
  private TestInstance one;
  private TestInstance two;
  private TestInstance three;

  private void begin(SourceUnderTest.Kind kind) {
    source = SourceUnderTest.of(kind, vertx, USERS);
    one = source.instance(1);
    two = source.instance(2);
    three = source.instance(3);
    directory = new Directory(vertx, new Prober(vertx), meters, System::nanoTime);
    vertx.runOnContext(
        ignored -> {
          directory.start();
          source.source().start(directory);
          directory.expect(USERS);
          source.source().watch(USERS);
        });
  }

  @AfterEach
  void close() {
    result(source.source().close());
    result(vertx.close());
    source.close();
  }

  private Set<String> addresses() {
    List<ServiceInstance> instances = directory.table().instances(USERS);
    Set<String> addresses =
        instances.stream()
            .map(instance -> instance.host() + ":" + instance.port())
            .collect(Collectors.toSet());
    assertThat(addresses).as("no address twice").hasSameSizeAs(instances);
    return addresses;
  }

  private boolean has(TestInstance instance) {
    return addresses().contains(instance.host() + ":" + instance.port());
  }

  private Duration untilTableIs(TestInstance... expected) {
    Set<String> wanted =
        Arrays.stream(expected)
            .map(instance -> instance.host() + ":" + instance.port())
            .collect(Collectors.toSet());
    return until("the table is " + wanted, source.atMost(), () -> addresses().equals(wanted));
  }

  @ParameterizedTest
  @EnumSource(SourceUnderTest.Kind.class)
  void instancesComeMoveAndGo(SourceUnderTest.Kind kind) {
    begin(kind);
    source.put("a", one);
    source.put("b", two);
    figure(kind + ": two added after ms", untilTableIs(one, two).toMillis());

    source.put("b", three);
    figure(kind + ": moved under the same id after ms", untilMoved().toMillis());

    source.put("c", two);
    untilTableIs(one, two, three);
    source.remove("c");
    figure(kind + ": one of three removed after ms", untilTableIs(one, three).toMillis());
  }

  private Duration untilMoved() {
    return until(
        "b moved",
        source.moveAtMost(),
        () ->
            addresses()
                .equals(Set.of(one.host() + ":" + one.port(), three.host() + ":" + three.port())));
  }

  @ParameterizedTest
  @EnumSource(SourceUnderTest.Kind.class)
  void aRemovalOfAllIsNotBelievedOfThoseThatAnswer(SourceUnderTest.Kind kind) {
    begin(kind);
    source.put("a", one);
    source.put("b", two);
    untilTableIs(one, two);
    two.stop();
    source.removeAll();
    Duration dead = until("two is gone", source.atMost(), () -> !has(two));
    figure(kind + ": all removed, the dead one gone after ms", dead.toMillis());
    Await.holds("the other stays", Duration.ofSeconds(2), () -> has(one));
    one.stop();
    Duration stopped = until("one is gone", source.atMost(), () -> !has(one));
    figure(kind + ": doubted one stops, gone after ms", stopped.toMillis());
    source.put("c", three);
    untilTableIs(three);
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceUnderTest.Kind.class,
      names = {"WATCH", "BRIDGE"})
  void theLastInstanceMayLeaveInOrder(SourceUnderTest.Kind kind) {
    begin(kind);
    source.put("a", one);
    untilTableIs(one);
    one.readiness(503);
    source.removeAll();
    figure(kind + ": the only one, draining, gone after ms", untilTableIs().toMillis());
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceUnderTest.Kind.class,
      names = {"WATCH", "BRIDGE"})
  void twoThatSwapAddressesAreNeverDoubledOrLost(SourceUnderTest.Kind kind) {
    begin(kind);
    source.put("a", one);
    source.put("b", two);
    untilTableIs(one, two);
    source.put("a", two);
    source.put("b", one);
    until(
        "swapped, with both addresses once",
        source.moveAtMost(),
        () -> addresses().size() == 2 && at("a").equals(two.host()) && at("b").equals(one.host()));
  }

  private String at(String id) {
    return directory.table().instances(USERS).stream()
        .filter(instance -> instance.id().equals(id))
        .map(ServiceInstance::host)
        .findFirst()
        .orElse("");
  }
}
