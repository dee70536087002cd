package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./run} does before the system starts, in a copy of the repository with a Maven that
 * builds nothing: the real one would write into the tree that is under test.
 */
@Timeout(60)
class RunBuildIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PACKAGE = "playground/src/main/java/dev/rendezvous/playground";
  private static final List<String> JARS =
      List.of(
          "user-verticle/target/user-service.jar",
          "order-verticle/target/order-service.jar",
          "gateway-verticle/target/gateway.jar",
          "playground/target/playground.jar");

  @TempDir private Path root;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copy() throws IOException {
    for (String file :
        List.of(
            "run",
            "pom.xml",
            "playground/pom.xml",
            "playground/tools/watchdog",
            PACKAGE + "/CommandLine.java")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(Repository.ROOT.resolve(file), root.resolve(file));
    }
    program("bin/mvn", "echo \"$@\" > '" + root + "/mvn.args'");
    program("jdk/bin/java", "case \" $* \" in *\" -jar \"*) echo started \"$@\" ;; esac");
    environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void badArgumentsAreRefusedBeforeAnythingIsBuilt() throws Exception {
    try (RunCommand run = RunCommand.type(root, environment, "gateway", "--users", "none")) {
      assertThat(run.awaitExit(PATIENCE)).isEqualTo(2);
      assertThat(run.lines())
          .singleElement()
          .asString()
          .startsWith("./run: --users is a number from 1 to 50, not \"none\"; accepted: ./run ");
      assertThat(root.resolve("mvn.args")).doesNotExist();
    }
  }

  @Test
  void whatIsNotBuiltIsBuilt() throws Exception {
    useProgramsThatOnlyTell();
    assertThat(output("gateway"))
        .anyMatch(line -> line.startsWith("Built after "))
        .last()
        .asString()
        .startsWith("started ");
    assertThat(root.resolve("mvn.args")).content().startsWith("-B -DskipTests -f ");
  }

  @Test
  void aSystemIsBuiltWithoutWhatMeasures() throws Exception {
    useProgramsThatOnlyTell();
    output("gateway");
    assertThat(root.resolve("mvn.args")).content().contains("-pl ").doesNotContain("load-tests");
  }

  @Test
  void whatMeasuresIsBuiltForAMeasurement() throws Exception {
    useProgramsThatOnlyTell();
    jarsFrom(Instant.now().plusSeconds(60));
    assertThat(output("compare", "--quick"))
        .last()
        .asString()
        .endsWith("load-tests/target/load-tests.jar compare --quick");
    assertThat(root.resolve("mvn.args")).content().contains("playground,load-tests package");
  }

  @Test
  void offlineIsMavensOffline() throws Exception {
    useProgramsThatOnlyTell();
    assertThat(output("gateway", "--offline")).last().asString().endsWith("gateway --offline");
    assertThat(root.resolve("mvn.args")).content().startsWith("-B -o -DskipTests -f ");
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws Exception {
    useProgramsThatOnlyTell();
    jarsFrom(Instant.now().plusSeconds(60));
    assertThat(output("gateway")).singleElement().asString().startsWith("started ");
    assertThat(root.resolve("mvn.args")).doesNotExist();
  }

  @Test
  void whatIsOlderThanItsSourcesIsBuilt() throws Exception {
    useProgramsThatOnlyTell();
    jarsFrom(Instant.now().plusSeconds(60));
    Path source = root.resolve(PACKAGE).resolve("CommandLine.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));
    assertThat(output("gateway")).anyMatch(line -> line.startsWith("Built after "));
  }

  @Test
  void aFailedBuildShowsItsErrors() throws Exception {
    program("bin/mvn", "echo '[INFO] Scanning'; echo '[ERROR] It does not compile'; exit 1");
    try (RunCommand run = RunCommand.type(root, environment, "gateway")) {
      assertThat(run.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(run.lines())
          .contains("[ERROR] It does not compile")
          .doesNotContain("[INFO] Scanning")
          .last()
          .asString()
          .startsWith("./run: the build failed; all of it is in ");
    }
  }

  @Test
  void aBuildShowsItsProgress() throws Exception {
    try (RunCommand run = endlessBuild()) {
      assertThat(run.lines()).anyMatch(line -> line.matches(" +[0-9]+ s  2/7 chassis"));
    }
  }

  @Test
  void aKillDuringTheBuildLeavesNoProcess() throws Exception {
    try (RunCommand run = endlessBuild()) {
      run.signal("KILL");
      run.assertNothingIsLeft(PATIENCE);
    }
  }

  @Test
  void ctrlCDuringTheBuildLeavesNoProcess() throws Exception {
    try (RunCommand run = endlessBuild()) {
      run.signal("INT");
      assertThat(run.awaitExit(PATIENCE)).isEqualTo(130);
      run.assertNothingIsLeft(PATIENCE);
    }
  }

  @Test
  void sigtermDuringTheBuildEndsABuildThatDoesNotWantToEnd() throws Exception {
    try (RunCommand run = endlessBuild("trap '' TERM; ")) {
      run.signal("TERM");
      assertThat(run.awaitExit(PATIENCE)).isEqualTo(143);
      run.assertNothingIsLeft(PATIENCE);
    }
  }

  private RunCommand endlessBuild(String... before) throws IOException {
    program(
        "bin/mvn",
        String.join("", before)
            + "echo '[INFO] Building chassis 1.0     [2/7]'; while :; do sleep 0.1; done");
    RunCommand run = RunCommand.type(root, environment, "gateway");
    Await.until(PATIENCE, () -> run.lines().stream().anyMatch(line -> line.contains("2/7")));
    run.awaitLine("Building", PATIENCE);
    return run;
  }

  private List<String> output(String... args) throws Exception {
    try (RunCommand run = RunCommand.type(root, environment, args)) {
      assertThat(run.awaitExit(PATIENCE)).isZero();
      return run.lines();
    }
  }

  private void useProgramsThatOnlyTell() {
    environment.put("JAVA_HOME", root.resolve("jdk").toString());
  }

  private void jarsFrom(Instant time) throws IOException {
    for (String jar : JARS) {
      Path file = root.resolve(jar);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      Files.setLastModifiedTime(file, FileTime.from(time));
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
