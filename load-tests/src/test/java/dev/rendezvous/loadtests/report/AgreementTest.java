package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rendezvous.loadtests.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the committed results, and with the same after one figure was changed. */
class AgreementTest {

  @TempDir private Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private Results committed;
  private ObjectNode changed;

  @BeforeEach
  void read() throws IOException {
    committed = ResultsFile.read(Repository.RESULTS);
    changed = (ObjectNode) json.readTree(Repository.RESULTS.toFile());
  }

  @Test
  void aRunAgreesWithItself() throws IOException {
    assertThat(differences()).isEmpty();
  }

  @Test
  void anAddedTimeFarBeyondTheNoiseIsNamed() throws IOException {
    ObjectNode added = (ObjectNode) changed.at("/variants/gateway/speed/0/added/p50");
    for (String name : List.of("value", "low", "high")) {
      added.put(name, added.get(name).asDouble() + 1e6);
    }
    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("gateway, GET /users/{id} at ")
        .contains(": added p50 ");
  }

  @Test
  void anAddedTimeWithinTheNoiseAgrees() throws IOException {
    double reach = committed.noiseFloor().get(0).p50().reach();
    ObjectNode added = (ObjectNode) changed.at("/variants/gateway/speed/0/added/p50");
    for (String name : List.of("value", "low", "high")) {
      added.put(name, added.get(name).asDouble() + reach);
    }
    assertThat(differences()).isEmpty();
  }

  @Test
  void aLargestRateOfMoreThanTwoStepsIsNamed() throws IOException {
    ObjectNode capacity = (ObjectNode) changed.at("/variants/discovery/capacity/1");
    capacity.put("rate", capacity.get("rate").asInt() * 3);
    assertThat(differences()).singleElement().asString().startsWith("discovery, POST /orders: ");
  }

  @Test
  void failuresWhereTheOtherRunHadNoneAreNamed() throws IOException {
    ObjectNode cost = cost("instance-killed", Results.DISCOVERY);
    cost.put("failed", cost.get("failed").asInt() == 0 ? 5 : 0);
    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("discovery, a user service gets SIGKILL: ")
        .endsWith(" failed requests");
  }

  @Test
  void aLostOrderIsNamed() throws IOException {
    cost("database-killed", Results.GATEWAY).put("lost", 1);
    assertThat(differences()).singleElement().asString().endsWith("0 and 1 lost orders");
  }

  @Test
  void otherRatesCannotBeCompared() throws IOException {
    ((ArrayNode) changed.at("/manifest/rates")).set(0, 7);
    assertThat(differences()).singleElement().asString().startsWith("other rates ");
  }

  private ObjectNode cost(String drill, String variant) {
    for (JsonNode found : changed.get("drills")) {
      if (found.get("id").asText().equals(drill)) {
        return (ObjectNode) found.get(variant).get("cost");
      }
    }
    throw new AssertionError("no drill " + drill);
  }

  private List<String> differences() throws IOException {
    Path file = folder.resolve("changed.json");
    json.writeValue(file.toFile(), changed);
    return new Agreement(committed, ResultsFile.read(file)).differences();
  }
}
