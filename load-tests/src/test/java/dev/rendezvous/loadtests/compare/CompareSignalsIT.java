package dev.rendezvous.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.loadtests.LoadTestsMain;
import dev.rendezvous.loadtests.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A comparison that is ended by a signal while all of its systems run leaves none of them. */
@Timeout(120)
class CompareSignalsIT {

  private Process comparison;
  private final List<String> lines = new ArrayList<>();
  private final Set<ProcessHandle> seen = new HashSet<>();

  @AfterEach
  void end() throws InterruptedException {
    seen.forEach(ProcessHandle::destroyForcibly);
    comparison.destroyForcibly().waitFor();
  }

  @Test
  @Tag("long")
  void sigtermLeavesNoProcessAndNoComplaint() throws Exception {
    startUntilTheLoadBegins();
    signal("TERM");
    BufferedReader output = comparison.inputReader(StandardCharsets.UTF_8);
    output.lines().forEach(lines::add);
    assertThat(comparison.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(comparison.exitValue()).isEqualTo(143);
    assertThat(lines).allMatch(line -> line.startsWith("["));
    assertNothingIsLeft();
  }

  @Test
  void sigkillLeavesNoProcess() throws Exception {
    startUntilTheLoadBegins();
    signal("KILL");
    assertNothingIsLeft();
  }

  private void startUntilTheLoadBegins() throws IOException {
    comparison =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Drendezvous.root=" + Repository.ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                LoadTestsMain.class.getName(),
                "compare",
                "--quick")
            .redirectErrorStream(true)
            .start();
    BufferedReader output = comparison.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.contains("warming up")) {
      lines.add(line);
      line = output.readLine();
    }
    assertThat(line).as("what it said: %s", lines).isNotNull();
    comparison.descendants().forEach(seen::add);
    assertThat(seen).hasSizeGreaterThan(10);
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + comparison.pid()).start().waitFor();
  }

  private void assertNothingIsLeft() throws InterruptedException {
    for (ProcessHandle process : seen) {
      for (int looks = 0; runs(process) && looks < 400; looks++) {
        Thread.sleep(50); // between looks at a process that is no child of this one
      }
    }
    assertThat(seen).noneMatch(CompareSignalsIT::runs);
  }

  /** A process that has ended and that nobody has asked about has no program any more. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
