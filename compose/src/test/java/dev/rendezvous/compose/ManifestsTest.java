package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Patch;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands in {@code compose/kubernetes} is what the Kubernetes API knows, and fits together.
 */
class ManifestsTest {
  private static final Path FOLDER = Project.FOLDER.resolve("kubernetes");

  @Test
  void everyFileIsNamedByAKustomization() throws IOException {
    Set<Path> named = new TreeSet<>();
    Set<Path> there = new TreeSet<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("kustomization.yaml")) {
          there.add(file);
          continue;
        }
        var kustomization = Manifests.kustomization(file.getParent());
        for (String resource : kustomization.getResources()) {
          named.add(file.resolveSibling(resource).normalize());
        }
        for (Patch patch : kustomization.getPatches()) {
          named.add(file.resolveSibling(patch.getPath()).normalize());
        }
      }
    }
    named.removeIf(Files::isDirectory);
    assertThat(named).isEqualTo(there).hasSizeGreaterThan(10);
  }

  @Test
  void whatTheSchemaDoesNotKnowIsRefused() {
    String typo = "apiVersion: v1\nkind: Service\nspec: { selectr: { a: b } }\n";
    assertThatThrownBy(() -> Manifests.parse(typo)).hasMessageContaining("selectr");
    String type = "apiVersion: v1\nkind: Service\nspec: { ports: [{ port: many }] }\n";
    assertThatThrownBy(() -> Manifests.parse(type)).hasMessageContaining("many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "service-discovery", "dns"})
  void patchesAreOfWhatIsThereAndSayHowTheOthersAreFound(String overlay) throws IOException {
    Path folder = FOLDER.resolve(overlay);
    List<String> deployments =
        Manifests.overlay(folder).stream()
            .filter(Deployment.class::isInstance)
            .map(object -> object.getMetadata().getName())
            .toList();
    for (Patch patch : Manifests.kustomization(folder).getPatches()) {
      for (HasMetadata object : Manifests.read(folder.resolve(patch.getPath()))) {
        assertThat(deployments).contains(object.getMetadata().getName());
        assertThat(((Deployment) object).getSpec().getTemplate().getSpec().getContainers())
            .singleElement()
            .satisfies(
                container -> {
                  assertThat(container.getName()).isEqualTo(object.getMetadata().getName());
                  assertThat(container.getEnv())
                      .extracting("name")
                      .containsExactly("DISCOVERY_URL");
                });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "service-discovery", "dns"})
  void everyPodIsLockedDownProbedAndLimited(String overlay) throws IOException {
    for (HasMetadata object : Manifests.overlay(FOLDER.resolve(overlay))) {
      PodTemplateSpec template = template(object);
      if (template == null) {
        continue;
      }
      PodSpec pod = template.getSpec();
      String name = object.getMetadata().getName();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
      assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
      for (Container container : pod.getContainers()) {
        assertThat(container.getReadinessProbe()).as(name).isNotNull();
        assertThat(container.getLivenessProbe()).as(name).isNotNull();
        assertThat(container.getResources().getLimits()).as(name).containsKey("memory");
        assertThat(container.getResources().getRequests()).as(name).containsKeys("cpu", "memory");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).as(name).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getEnv().toString()).as(name).doesNotContain("development-only");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "service-discovery", "dns"})
  void everySelectorFindsItsPods(String overlay) throws IOException {
    List<HasMetadata> objects = Manifests.overlay(FOLDER.resolve(overlay));
    List<Map<String, String>> pods =
        objects.stream()
            .map(ManifestsTest::template)
            .filter(template -> template != null)
            .map(template -> template.getMetadata().getLabels())
            .toList();
    for (HasMetadata object : objects) {
      if (object instanceof Service service) {
        assertThat(pods).as(object.toString()).contains(service.getSpec().getSelector());
      } else if (object instanceof PodDisruptionBudget budget) {
        assertThat(pods).contains(budget.getSpec().getSelector().getMatchLabels());
      } else if (object instanceof Deployment deployment) {
        assertThat(pods).contains(deployment.getSpec().getSelector().getMatchLabels());
      } else if (object instanceof HorizontalPodAutoscaler scaler) {
        assertThat(objects)
            .filteredOn(Deployment.class::isInstance)
            .extracting(deployment -> deployment.getMetadata().getName())
            .contains(scaler.getSpec().getScaleTargetRef().getName());
      }
    }
  }

  private static PodTemplateSpec template(HasMetadata object) {
    if (object instanceof Deployment deployment) {
      return deployment.getSpec().getTemplate();
    }
    return object instanceof StatefulSet set ? set.getSpec().getTemplate() : null;
  }
}
