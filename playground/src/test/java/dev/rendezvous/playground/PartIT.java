package dev.rendezvous.playground;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, started and ended in every way. */
@Timeout(60)
class PartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the launcher lets through, what the command sets, and what the shell adds. */
  private static final Set<String> SEEN =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "JAVA_TOOL_OPTIONS",
          "PORT",
          "PWD",
          "OLDPWD",
          "SHLVL",
          "_");

  @TempDir private Path folder;

  private final Launcher launcher = new Launcher(Watchdog.start(Repository.TOOLS));
  private final BlockingQueue<Part> ended = new LinkedBlockingQueue<>();
  private final Ports ports = new Ports(Ports.freeBase(1));
  private Part part;

  @AfterEach
  void stop() {
    if (part != null) {
      part.stop();
    }
  }

  @Test
  void postgresIsDurable() throws IOException {
    start(postgres());
    assertThat(Files.readString(folder.resolve("db/postmaster.opts")))
        .contains("fsync=on", "synchronous_commit=on", "full_page_writes=on");
  }

  @Test
  void postgresServesAgainAfterAKill() throws IOException {
    start(postgres());
    long before = part.pid().orElseThrow();
    part.kill();
    assertThat(part.pid()).isEmpty();
    assertThat(part.ready()).isFalse();
    part.start();
    part.awaitReady(PATIENCE);
    assertThat(part.pid().orElseThrow()).isNotEqualTo(before);
    assertThat(Files.readString(part.log())).contains("was not properly shut down");
    assertThat(ended).isEmpty();
  }

  @Test
  void postgresStartsThoughItsOldProcessIdBelongsToAnother() throws IOException {
    PostgresServer server = postgres();
    start(server);
    part.kill();
    Path lock = folder.resolve("db/postmaster.pid");
    List<String> lines = Files.readAllLines(lock);
    lines.set(0, String.valueOf(ProcessHandle.current().pid()));
    Files.write(lock, lines);
    part.start();
    part.awaitReady(PATIENCE);
  }

  @Test
  void itsPasswordIsForItsUserOnly() throws IOException {
    start(postgres());
    assertThat(Files.getPosixFilePermissions(folder.resolve("db/password")))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    assertThat(Files.readString(folder.resolve("db/pg_hba.conf")))
        .contains("scram-sha-256")
        .doesNotContainPattern("(?m)^host.*trust");
  }

  @Test
  void consulKeepsItsDataOverAKillAndLosesItByAWipe() {
    ConsulAgent consul = consul();
    start(consul);
    Http http = new Http();
    String key = consul.address() + "/v1/agent/services";
    register(http, consul);
    part.kill();
    part.start();
    part.awaitReady(PATIENCE);
    assertThat(http.get(key).map(HttpResponse::body).orElse("")).contains("\"probe\"");
    part.stop();
    consul.wipe();
    part.start();
    part.awaitReady(PATIENCE);
    assertThat(http.get(key).map(HttpResponse::body).orElse("none")).doesNotContain("\"probe\"");
  }

  @Test
  void aPausedPartAnswersNothingUntilItIsResumed() {
    start(consul());
    part.pause();
    assertThat(part.alive()).isTrue();
    assertThat(part.ready()).isFalse();
    part.resume();
    part.awaitReady(PATIENCE);
  }

  @Test
  void aPausedPartCanBeStopped() {
    start(consul());
    part.pause();
    part.stop();
    assertThat(part.alive()).isFalse();
    assertThat(ended).isEmpty();
  }

  @Test
  void oneThatEndsByItselfIsReportedAndStaysDown() throws Exception {
    start(consul());
    ProcessHandle.of(part.pid().orElseThrow()).orElseThrow().destroyForcibly();
    assertThat(ended.poll(5, TimeUnit.SECONDS)).isSameAs(part);
    assertThat(part.exit()).isEqualTo("exit 137 (signal 9)");
    assertThat(part.alive()).isFalse();
  }

  @Test
  void oneThatDoesNotStartSaysWhy() {
    Program broken = new Broken();
    part = new Part(broken, launcher, folder, ended::add);
    part.start();
    assertThatThrownBy(() -> part.awaitReady(PATIENCE))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("broken ended: exit 3; the end of " + folder)
        .hasMessageContaining("no such thing");
  }

  @Test
  void whatTheWatchdogCannotGuardIsNotStarted() throws IOException {
    Launcher unguarded = new Launcher(Watchdog.inherited("/dev/full"));
    Path witness = folder.resolve("witness");
    assertThatThrownBy(
            () ->
                unguarded.run(Command.of("touch", witness.toString()), folder.resolve("touch.log")))
        .isInstanceOf(StartFailure.class);
    assertThat(witness).doesNotExist();
  }

  @Test
  void aChildSeesNothingOfTheCallersSettings() throws IOException {
    Path log = folder.resolve("env.log");
    launcher.run(new Command(List.of("env"), Map.of("PORT", "1")), log);
    assertThat(Files.readAllLines(log))
        .contains("PORT=1")
        .allMatch(
            line ->
                line.startsWith("OTEL_") || SEEN.contains(line.substring(0, line.indexOf('='))));
  }

  private void start(Program program) {
    part = new Part(program, launcher, folder, ended::add);
    part.start();
    part.awaitReady(PATIENCE);
  }

  private PostgresServer postgres() {
    PostgresCluster cluster =
        new PostgresCluster(
            folder.resolve("db"), "users", Cache.folder(), launcher, folder.resolve("setup.log"));
    return new PostgresServer("users-db", ports.usersDatabase(), cluster);
  }

  private ConsulAgent consul() {
    Path log = folder.resolve("consul-setup.log");
    ConsulBinary binary = new ConsulBinary(Repository.TOOLS, log, launcher);
    return new ConsulAgent(ports, folder.resolve("consul"), binary);
  }

  private static void register(Http http, ConsulAgent consul) {
    String url = consul.address() + "/v1/agent/service/register";
    assertThat(http.put(url, "{\"Name\":\"probe\"}"))
        .hasValueSatisfying(answer -> assertThat(answer.statusCode()).isEqualTo(200));
  }

  private static final class Broken implements Program {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Command command() {
      return Command.of("sh", "-c", "echo no such thing; exit 3");
    }

    @Override
    public String stopSignal() {
      return "TERM";
    }

    @Override
    public boolean ready(long pid) {
      return false;
    }

    @Override
    public String address() {
      return "nowhere";
    }
  }
}
