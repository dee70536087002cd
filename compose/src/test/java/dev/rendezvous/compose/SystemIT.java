package dev.rendezvous.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both folders as people run them: built inside, started with one command, broken, removed. */
@Tag("system")
class SystemIT {
  private static final String TAG = "it-" + ProcessHandle.current().pid();
  private static final List<String> IMAGES =
      List.of("user-service", "order-service", "gateway").stream()
          .map(program -> "localhost/rendezvous/" + program + ":" + TAG)
          .toList();

  @BeforeAll
  static void buildOnceForBoth() {
    long begun = System.nanoTime();
    try (Project project = new Project("api-gateway", TAG)) {
      project.compose("build");
    }
    System.out.printf("images built in %.0f s%n", (System.nanoTime() - begun) / 1e9);
    for (String image : IMAGES) {
      System.out.println(image + ": MB a layer, newest first: " + layers(image));
    }
  }

  @AfterAll
  static void removeTheImages() {
    IMAGES.forEach(image -> Shell.docker("image", "rm", image));
    assertThat(Shell.docker("image", "ls", "-q", "localhost/rendezvous/*:" + TAG)).isEmpty();
  }

  private static List<String> layers(String image) {
    return Shell.docker("history", "--format", "{{.Size}}", image)
        .lines()
        .filter(size -> !size.equals("0B"))
        .toList();
  }

  @Nested
  class ApiGateway {
    private static final Variant VARIANT = Variant.gateway(TAG);

    @BeforeAll
    static void start() throws IOException {
      VARIANT.start();
    }

    @AfterAll
    static void removeEverything() {
      VARIANT.close();
    }

    @Test
    void programsRunAsNobodyOnAReadOnlyFileSystem() throws IOException {
      assertHardened(VARIANT, List.of("user", "order", "gateway"));
    }

    @Test
    void onlyTheGatewayIsPublished() {
      for (String container : VARIANT.project.compose("ps", "-q").lines().toList()) {
        boolean published =
            !VARIANT.project.inspect(container).at("/HostConfig/PortBindings").isEmpty();
        assertThat(published).isEqualTo(container.equals(VARIANT.project.only("gateway")));
      }
    }

    @Test
    void restartsWithItsData() throws IOException {
      VARIANT.restart();
    }

    @Test
    void followsAUserServiceThatMoves() throws IOException {
      Load load = VARIANT.replaceUserService(ApiGateway::known);
      // A gateway with a fixed list learns by the refused connect: a few may have been too late.
      assertThat(load.failed().size()).isLessThan(load.outcomes().size() / 20);
      VARIANT.flow();
    }

    @Test
    void spreadsOverThreeUserServices() throws IOException {
      VARIANT.scaleToThreeAndBack(ApiGateway::known);
    }

    @Test
    void everythingFailsWhileTheGatewayIsDead() throws IOException {
      try (Load load = VARIANT.load()) {
        load.awaitMore(50);
        VARIANT.project.compose("kill", "gateway");
        long dead = System.nanoTime();
        Await.until(
            "forty answers that a dead gateway did not give",
            Duration.ofSeconds(20),
            () -> load.sentBetween(dead, System.nanoTime()).size() >= 40);
        long returns = System.nanoTime();
        VARIANT.project.up("--no-recreate", "gateway");
        load.awaitMore(50);
        load.stop();
        List<Load.Outcome> meanwhile = load.sentBetween(dead, returns);
        VARIANT.say(
            "gateway killed: %d of %d orders sent while it was dead failed; %s in all",
            meanwhile.stream().filter(outcome -> !outcome.succeeded()).count(),
            meanwhile.size(),
            load.figures());
        assertThat(meanwhile).noneMatch(Load.Outcome::succeeded).isNotEmpty();
      }
      VARIANT.flow();
    }

    private static int known() {
      return VARIANT.userServicesKnownTo("gateway");
    }
  }

  @Nested
  class ServiceDiscovery {
    private static final Variant VARIANT = Variant.discovery(TAG);
    private static final Registry CONSUL = new Registry(VARIANT.project);

    @BeforeAll
    static void start() throws IOException {
      VARIANT.start();
    }

    @AfterAll
    static void removeEverything() {
      VARIANT.close();
    }

    @Test
    void programsRunAsNobodyOnAReadOnlyFileSystem() throws IOException {
      assertHardened(VARIANT, Variant.PROGRAMS);
    }

    @Test
    void consulListsTheInstances() throws IOException {
      assertThat(CONSUL.addresses("user-service"))
          .containsExactly(VARIANT.project.address(VARIANT.project.only("user")) + ":5001");
      assertThat(CONSUL.addresses("order-service"))
          .containsExactly(VARIANT.project.address(VARIANT.project.only("order")) + ":5002");
      assertThat(CONSUL.webPage()).contains("Consul");
    }

    @Test
    void restartsWithItsData() throws IOException {
      VARIANT.restart();
    }

    @Test
    void followsAUserServiceThatMovesWithoutALostOrder() throws IOException {
      Load load = VARIANT.replaceUserService(ServiceDiscovery::known);
      assertThat(load.failed()).isEmpty();
      assertThat(CONSUL.addresses("user-service"))
          .containsExactly(VARIANT.project.address(VARIANT.project.only("user")) + ":5001");
    }

    @Test
    void spreadsOverThreeUserServices() throws IOException {
      VARIANT.scaleToThreeAndBack(ServiceDiscovery::known);
    }

    @Test
    void nothingFailsWhileConsulIsDead() throws IOException {
      try (Load load = VARIANT.load()) {
        load.awaitMore(50);
        VARIANT.project.compose("kill", "consul");
        load.awaitMore(500);
        VARIANT.project.up("--no-recreate", "consul");
        CONSUL.awaitListed("user-service", 1);
        CONSUL.awaitListed("order-service", 1);
        load.awaitMore(50);
        load.stop();
        VARIANT.say("Consul killed and started again: %s", load.figures());
        assertThat(load.failed()).isEmpty();
      }
    }

    private static int known() {
      return VARIANT.userServicesKnownTo("order");
    }
  }

  private static void assertHardened(Variant variant, List<String> programs) throws IOException {
    List<String> secrets =
        List.of(
            Files.readString(Project.FOLDER.resolve("secrets/users-db-password")).trim(),
            Files.readString(Project.FOLDER.resolve("secrets/orders-db-password")).trim());
    for (String service : variant.project.compose("ps", "--services").lines().toList()) {
      JsonNode container = variant.project.inspect(variant.project.only(service));
      String environment = container.at("/Config/Env").toString();
      assertThat(environment).as(service).doesNotContain(secrets);
      assertThat(container.at("/HostConfig/Memory").asLong()).as(service).isPositive();
      assertThat(container.at("/State/Health/Status").asText()).as(service).isEqualTo("healthy");
    }
    for (String service : programs) {
      String id = variant.project.only(service);
      JsonNode container = variant.project.inspect(id);
      assertThat(container.at("/Config/User").asText()).isEqualTo("10001:10001");
      assertThat(container.at("/HostConfig/ReadonlyRootfs").asBoolean()).isTrue();
      variant.say(
          "%s: user %s, read-only %s, memory limit %d MiB, Env %s",
          service,
          container.at("/Config/User").asText(),
          container.at("/HostConfig/ReadonlyRootfs").asBoolean(),
          container.at("/HostConfig/Memory").asLong() >> 20,
          container.at("/Config/Env"));
      assertThat(Shell.docker("exec", id, "cat", "/proc/1/maps")).contains("/app/program.aot");
      assertThat(Shell.docker("logs", id).lines())
          .allMatch(line -> line.startsWith("{"))
          .anyMatch(line -> line.matches(".*\"transport\":\"epoll\".*"));
      variant.say("%s: a health check takes %s", service, variant.project.costOfHealthCheck(id));
    }
  }
}
