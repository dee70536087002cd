package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogIT {

  @Test
  void endsWhatWasRegisteredOnceItsInputEnds() throws Exception {
    Process watchdog = watchdog();
    Process obedient = inOwnSession("sleep 300");
    Process stubborn = inOwnSession("trap '' TERM; while :; do sleep 0.1; done");
    Process paused = inOwnSession("sleep 300");
    kill("STOP", paused);
    send(watchdog, "add " + obedient.pid() + " TERM");
    send(watchdog, "add " + stubborn.pid() + " TERM");
    send(watchdog, "add " + paused.pid() + " INT");
    watchdog.getOutputStream().close();
    assertThat(obedient.waitFor(2, TimeUnit.SECONDS)).isTrue();
    assertThat(paused.waitFor(2, TimeUnit.SECONDS)).isTrue();
    assertThat(stubborn.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(stubborn.exitValue()).isEqualTo(128 + 9);
    assertThat(watchdog.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesWhatWasRemovedAlone() throws Exception {
    Process watchdog = watchdog();
    Process removed = inOwnSession("sleep 300");
    send(watchdog, "add " + removed.pid() + " TERM");
    send(watchdog, "remove " + removed.pid());
    watchdog.getOutputStream().close();
    assertThat(watchdog.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(removed.isAlive()).isTrue();
    removed.destroyForcibly();
  }

  @Test
  void endsWholeGroups() throws Exception {
    Process watchdog = watchdog();
    Process parent = inOwnSession("sleep 301 & wait");
    assertThat(Await.until(Duration.ofSeconds(2), () -> parent.descendants().findAny().isPresent()))
        .isTrue();
    ProcessHandle child = parent.descendants().findAny().orElseThrow();
    send(watchdog, "add " + parent.pid() + " TERM");
    watchdog.getOutputStream().close();
    assertThat(Await.until(Duration.ofSeconds(5), () -> !Liveness.runs(child))).isTrue();
    assertThat(parent.waitFor(2, TimeUnit.SECONDS)).isTrue();
  }

  private static Process watchdog() throws IOException {
    return new ProcessBuilder("bash", Repository.TOOLS.resolve("watchdog").toString(), "1").start();
  }

  private static Process inOwnSession(String script) throws IOException {
    List<String> line = new java.util.ArrayList<>(OwnSession.command());
    line.addAll(List.of("bash", "-c", script));
    return new ProcessBuilder(line).start();
  }

  private static void send(Process watchdog, String line) throws IOException {
    watchdog.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    watchdog.getOutputStream().flush();
  }

  private static void kill(String signal, Process process) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
  }
}
