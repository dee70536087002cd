package dev.rendezvous.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from real proxies to the report, in the shortest form. */
@Timeout(120)
@Tag("long")
class BenchIT {

  @TempDir private Path root;

  @Test
  void measuresEachProxyAndWritesTheReport() throws IOException {
    Duration second = Duration.ofSeconds(1);
    Cell rate = new Cell("POST", Payload.MEDIUM, 0, second);
    Plan plan = new Plan(List.of(Cell.headline(), rate), 1, second, second);

    assertThat(Bench.run(new BenchOptions(true, List.of("rendezvous", "nginx"), 5), plan, root))
        .isZero();

    Path folder = root.resolve("load-tests/target/bench");
    assertThat(Files.readString(folder.resolve("bench.md")))
        .contains("## GET 64 B, 16 connections", "## POST 10 KiB at a fixed rate", "| direct | –");
    JsonNode report = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
    assertThat(report.at("/manifest/seed").asInt()).isEqualTo(5);
    assertThat(report.at("/manifest/kernel").asText()).isNotBlank();
    assertThat(report.at("/cells")).hasSize(2);
    JsonNode measured = report.at("/cells/0/measured");
    List<String> ours = new ArrayList<>();
    measured.fieldNames().forEachRemaining(ours::add);
    assertThat(ours).contains("direct").anyMatch(name -> name.startsWith("rendezvous (JDK "));
    String name = ours.get(1);
    assertThat(measured.path(name).at("/cpu_us/median").asDouble()).isPositive();
    assertThat(measured.path(name).at("/requests_per_second/median").asDouble()).isPositive();
    assertThat(measured.path(name).at("/p99_us/median").asDouble()).isPositive();
    assertThat(report.at("/manifest/measured").path(name).at("/configuration/routes.yaml").asText())
        .contains("routes:");
  }
}
