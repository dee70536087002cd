package dev.rendezvous.compose;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads manifests by the schema of the Kubernetes API; what it does not know is an error. */
final class Manifests {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/Namespace", Namespace.class,
          "v1/Service", Service.class,
          "apps/v1/Deployment", Deployment.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

  private static final YAMLMapper STRICT = strict();

  private Manifests() {}

  private static YAMLMapper strict() {
    YAMLMapper mapper =
        YAMLMapper.builder(YAMLFactory.builder().build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    // The model's classes would put what they do not know into a map.
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1;

          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
    return mapper;
  }

  /** All objects of a file. */
  static List<HasMetadata> read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static List<HasMetadata> parse(String text) throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    try (YAMLParser parser = STRICT.getFactory().createParser(text);
        MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(parser)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
        Class<? extends HasMetadata> model = KINDS.get(kind);
        if (model == null) {
          throw new IllegalArgumentException("no kind that is known here: " + kind);
        }
        all.add(STRICT.treeToValue(document, model));
      }
    }
    return all;
  }

  static Kustomization kustomization(Path folder) throws IOException {
    return STRICT.readValue(folder.resolve("kustomization.yaml").toFile(), Kustomization.class);
  }

  /** All objects of an overlay and of what it stands on, patches not applied. */
  static List<HasMetadata> overlay(Path folder) throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    for (String resource : kustomization(folder).getResources()) {
      Path path = folder.resolve(resource).normalize();
      all.addAll(Files.isDirectory(path) ? overlay(path) : read(path));
    }
    return all;
  }
}
