package dev.rendezvous.discovery;

import static dev.rendezvous.discovery.testing.Await.figure;
import static dev.rendezvous.discovery.testing.Await.holds;
import static dev.rendezvous.discovery.testing.Await.result;
import static dev.rendezvous.discovery.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.testing.FakeConsul;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a client costs that watches a hundred services of ten instances; the registry is scripted.
 */
class ManyServicesIT {

  private static final int SERVICES = 100;
  private static final int INSTANCES = 10;

  private final Vertx vertx = Vertx.vertx();

  private static void answerOnceAndThenWait(HttpServerRequest request) {
    if (request.getParam("index") == null) {
      String service = request.path().substring(request.path().lastIndexOf('/') + 1);
      JsonArray entries = new JsonArray();
      for (int i = 1; i <= INSTANCES; i++) {
        entries.add(
            new JsonObject()
                .put("Node", new JsonObject().put("Node", "n" + i).put("Datacenter", "dc1"))
                .put(
                    "Service",
                    new JsonObject()
                        .put("ID", service + "-" + i)
                        .put("Address", "10.0.0." + i)
                        .put("Port", 5_000)
                        .put("Meta", new JsonObject().put("management_port", "9001"))));
      }
      FakeConsul.respond(request, "7").end(entries.toBuffer());
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void oneConnectionAServiceAndNothingAtRest() {
    FakeConsul consul = new FakeConsul(vertx, (request, number) -> answerOnceAndThenWait(request));
    Discovery discovery =
        Discovery.create(
            vertx,
            DiscoveryUrl.parse("consul://127.0.0.1:" + consul.port()),
            DiscoveryOptions.defaults());
    long before = usedHeap();
    for (int i = 0; i < SERVICES; i++) {
      discovery.watch("service-" + i);
    }
    long began = System.nanoTime();
    result(discovery.start());
    figure("100 services x 10: all known after ms", (System.nanoTime() - began) / 1_000_000);
    assertThat(discovery.table().services()).hasSize(SERVICES);
    until("all wait", Duration.ofSeconds(3), () -> consul.asked().size() == 2 * SERVICES);
    figure("100 services x 10: heap KiB, both ends", (usedHeap() - before) / 1024);

    var cpu = ManagementFactory.getThreadMXBean();
    long cpuBefore = totalCpu(cpu);
    holds("nothing is asked", Duration.ofSeconds(3), () -> consul.asked().size() == 2 * SERVICES);
    figure("100 services x 10: CPU ms in 3 s at rest", (totalCpu(cpu) - cpuBefore) / 1_000_000);
    result(discovery.close());
    consul.close();
    result(vertx.close());
  }

  private static long totalCpu(ThreadMXBean threads) {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      sum += id == Thread.currentThread().getId() ? 0 : Math.max(0, threads.getThreadCpuTime(id));
    }
    return sum;
  }
}
