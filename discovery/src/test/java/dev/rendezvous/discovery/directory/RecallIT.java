package dev.rendezvous.discovery.directory;

import static dev.rendezvous.discovery.testing.Await.holds;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.testing.TestInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry takes one half and then the other; the table is not empty while one answers. */
class RecallIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Directory directory =
      new Directory(vertx, new Prober(vertx), new SimpleMeterRegistry(), System::nanoTime);
  private final TestInstance one = TestInstance.started(vertx, "s");
  private final TestInstance other = TestInstance.started(vertx, "s");

  @BeforeEach
  void startWithBoth() {
    onContext(directory::start);
    hear(one, other);
    assertThat(ports()).containsExactlyInAnyOrder(one.port(), other.port());
  }

  @AfterEach
  void close() {
    onContext(directory::close);
    result(vertx.close());
  }

  private void onContext(Runnable action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        ignored -> {
          action.run();
          done.complete();
        });
    result(done.future());
  }

  private void hear(TestInstance... instances) {
    List<ServiceInstance> named = Stream.of(instances).map(RecallIT::named).toList();
    onContext(() -> directory.heard(new ServiceNews("s", named, "test", 0, Instant.EPOCH)));
  }

  private static ServiceInstance named(TestInstance instance) {
    return ServiceInstance.of("s", "i" + instance.port(), instance.host(), instance.port())
        .withMetadata(
            Map.of(ServiceInstance.MANAGEMENT_PORT, String.valueOf(instance.managementPort())));
  }

  private List<Integer> ports() {
    return directory.table().instances("s").stream().map(ServiceInstance::port).toList();
  }

  private boolean isOnly(TestInstance instance) {
    return ports().equals(List.of(instance.port()));
  }

  @Test
  void oneThatLeavesAfterTheOtherWasTakenBringsTheOtherBack() {
    hear(other);
    assertThat(ports()).containsExactly(other.port());
    other.readiness(503);
    hear();
    assertThat(ports()).isNotEmpty();
    until("the one that answers is used alone", SOON, () -> isOnly(one));
    holds("it stays so", Duration.ofMillis(1_500), () -> isOnly(one));
    one.stop();
    until("nobody is left", SOON, () -> ports().isEmpty());
  }

  @Test
  void oneThatIsNamedAloneAndDeadBringsTheOtherBack() {
    other.stop();
    hear(other);
    until("the one that answers is used, too", SOON, () -> ports().contains(one.port()));
  }

  @Test
  void oneThatRefusesACallBringsTheOtherBack() {
    hear(other);
    other.stop();
    onContext(() -> directory.suspect(named(other)));
    until("the one that answers is used, too", SOON, () -> ports().contains(one.port()));
  }

  @Test
  void oneThatLeftByItselfStaysAway() {
    one.readiness(503);
    hear(other);
    onContext(() -> directory.suspect(named(other)));
    holds("used alone", Duration.ofMillis(1_500), () -> isOnly(other));
  }
}
