package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the files of this folder say more than once they say alike. */
class ComposeFilesTest {
  private static final Path ROOT = Project.FOLDER.getParent();
  private static final Pattern IMAGE = Pattern.compile("\\$\\{([A-Z]+_IMAGE):-([^}]+)}");

  @Test
  void theVariantsDifferInNothingButTheWayToTheOthers() throws IOException {
    for (String service : List.of("user", "order")) {
      JsonNode gateway = service("api-gateway", service);
      JsonNode discovery = service("service-discovery", service);
      assertThat(gateway.get("extends")).isEqualTo(discovery.get("extends"));
      for (JsonNode variant : List.of(gateway, discovery)) {
        assertThat(names(variant)).isSubsetOf("extends", "environment", "depends_on", "ports");
        assertThat(names(variant.get("environment"))).containsExactly("DISCOVERY_URL");
      }
    }
  }

  @Test
  void theSameImagesAreMeantEverywhere() throws IOException {
    Map<String, String> images = new TreeMap<>();
    var matcher = IMAGE.matcher(read("compose/services.yml"));
    while (matcher.find()) {
      images.put(matcher.group(1), matcher.group(2));
    }
    assertThat(images)
        .containsOnlyKeys("BUILD_IMAGE", "JRE_IMAGE", "POSTGRES_IMAGE", "CONSUL_IMAGE")
        .allSatisfy((name, image) -> assertThat(image).matches(".+:[0-9].*"));
    assertThat(read("compose/Dockerfile"))
        .contains("ARG BUILD_IMAGE=" + images.get("BUILD_IMAGE") + "\n")
        .contains("ARG JRE_IMAGE=" + images.get("JRE_IMAGE") + "\n");
    assertThat(read("playground/tools/get-consul")).contains(":-" + images.get("CONSUL_IMAGE"));
    String tests = "src/test/java/dev/rendezvous/";
    assertThat(read("discovery/" + tests + "discovery/testing/ConsulContainer.java"))
        .contains('"' + images.get("CONSUL_IMAGE") + '"');
    assertThat(read("chassis/" + tests + "chassis/testing/PostgresContainer.java"))
        .contains('"' + images.get("POSTGRES_IMAGE") + '"');
    assertThat(read("compose/kubernetes/service-discovery/consul.yaml"))
        .contains("image: " + images.get("CONSUL_IMAGE") + "\n");
    for (String database : List.of("users-db", "orders-db")) {
      assertThat(read("compose/kubernetes/base/" + database + ".yaml"))
          .contains("image: " + images.get("POSTGRES_IMAGE") + "\n");
    }
  }

  private static JsonNode service(String variant, String name) throws IOException {
    return new YAMLMapper()
        .readTree(read("compose/" + variant + "/docker-compose.yml"))
        .at("/services/" + name);
  }

  private static Set<String> names(JsonNode node) {
    Set<String> all = new HashSet<>();
    node.fieldNames().forEachRemaining(all::add);
    return new TreeSet<>(all);
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
