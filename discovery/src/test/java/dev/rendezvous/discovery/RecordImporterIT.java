package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.testing.ConsulProcess;
import dev.rendezvous.discovery.testing.TestInstance;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The table as records of vertx-service-discovery, for those who build on that. */
class RecordImporterIT {

  @Test
  void recordsAndAnnouncementsFollowTheTable() {
    Vertx vertx = Vertx.vertx();
    ConsulProcess consul = ConsulProcess.started();
    TestInstance one = TestInstance.started(vertx, "s");
    TestInstance two = TestInstance.started(vertx, "s");
    TestInstance moved = TestInstance.started(vertx, "s");
    List<String> announced = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            "announce", message -> announced.add(message.body().getString("status")));
    Discovery discovery =
        Discovery.create(vertx, DiscoveryUrl.parse(consul.url()), DiscoveryOptions.defaults());
    consul.add("s", "a", one);
    discovery.watch("s");
    result(discovery.start());

    ServiceDiscovery records =
        ServiceDiscovery.create(
            vertx, new ServiceDiscoveryOptions().setAnnounceAddress("announce"));
    result(records.registerServiceImporter(discovery.importer(), new JsonObject()));
    assertThat(ports(records)).containsExactly(one.port());

    consul.add("s", "b", two);
    until("b", Duration.ofSeconds(2), () -> ports(records).size() == 2);
    consul.add("s", "b", moved);
    until("b moved", Duration.ofSeconds(2), () -> ports(records).contains(moved.port()));
    assertThat(ports(records)).containsExactlyInAnyOrder(one.port(), moved.port());
    consul.remove("b");
    until("b gone", Duration.ofSeconds(2), () -> ports(records).equals(List.of(one.port())));
    until("announced", Duration.ofSeconds(1), () -> announced.contains("DOWN"));
    assertThat(announced).contains("UP");

    records.close();
    until("no record stays", Duration.ofSeconds(1), () -> ports(records).isEmpty());
    result(discovery.close());
    result(vertx.close());
    consul.close();
  }

  private static List<Integer> ports(ServiceDiscovery records) {
    return result(records.getRecords((Record record) -> record.getName().equals("s"))).stream()
        .map(record -> record.getLocation().getInteger("port"))
        .toList();
  }
}
