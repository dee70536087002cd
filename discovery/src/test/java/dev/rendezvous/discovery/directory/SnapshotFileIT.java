package dev.rendezvous.discovery.directory;

import static dev.rendezvous.discovery.testing.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.discovery.instance.InstanceTable;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is written whole and read with suspicion. */
class SnapshotFileIT {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() {
    result(vertx.close());
  }

  private SnapshotFile file(String registry) {
    return new SnapshotFile(vertx, folder.resolve("deeper/snapshot.json"), registry);
  }

  private static InstanceTable table(int count) {
    List<ServiceInstance> instances =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                port ->
                    new ServiceInstance(
                        "s",
                        "i" + port,
                        "n",
                        "dc",
                        ServiceInstance.of("s", "", "10.0.0.1", port).address(),
                        2,
                        List.of("blue"),
                        Map.of("management_port", "9001")))
            .toList();
    return new InstanceTable(
        Map.of("s", new ServiceNews("s", instances, "consul", 7, Instant.ofEpochSecond(1))));
  }

  @Test
  void givesBackWhatItTook() {
    SnapshotFile file = file("consul://a");
    file.save(table(2));
    result(file.idle());
    ServiceNews read = result(file("consul://a").load()).get("s");
    assertThat(read.instances()).isEqualTo(table(2).instances("s"));
    assertThat(read.heard()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(read.source()).isEqualTo("snapshot");
  }

  @Test
  void ofManySavesTheLastIsKeptAndNothingElse() throws IOException {
    SnapshotFile file = file("consul://a");
    Promise<Void> written = Promise.promise();
    vertx.runOnContext(
        ignored -> {
          for (int i = 1; i <= 50; i++) {
            file.save(table(i));
          }
          file.idle().onComplete(written);
        });
    result(written.future());
    assertThat(result(file.load()).get("s").instances()).hasSize(50);
    try (var files = Files.list(folder.resolve("deeper"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anotherRegistrysFileIsNotRead() {
    SnapshotFile file = file("consul://a");
    file.save(table(1));
    result(file.idle());
    assertThat(result(file("consul://b").load())).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsEmpty() {
    assertThat(result(file("consul://a").load())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"registry\":\"consul://a\"",
        "{\"registry\":\"consul://a\"}",
        "{\"registry\":\"consul://a\",\"services\":{\"s\":{}}}",
        "{\"registry\":\"consul://a\",\"services\":{\"s\":{\"heard\":\"x\",\"instances\":[]}}}",
        "{\"registry\":\"consul://a\",\"services\":{\"s\":{\"heard\":\"2026-01-01T00:00:00Z\","
            + "\"instances\":[{\"host\":\"h\",\"port\":70000}]}}}",
        "{\"registry\":\"consul://a\",\"services\":{\"s\":{\"heard\":\"2026-01-01T00:00:00Z\","
            + "\"instances\":[{\"host\":\"h\",\"port\":\"eighty\"}]}}}"
      })
  void aFileThatMakesNoSenseIsPassedOver(String content) throws IOException {
    Files.createDirectories(folder.resolve("deeper"));
    Files.writeString(folder.resolve("deeper/snapshot.json"), content);
    assertThat(result(file("consul://a").load())).isEmpty();
  }
}
