package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./run} as a new user meets it. */
@Timeout(120)
class RunIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);

  @TempDir private Path data;

  private final List<RunCommand> typed = new ArrayList<>();
  private final Http http = new Http();
  private final int base = Ports.freeBase(2);
  private final String gateway = "http://127.0.0.1:" + (base + 8080);

  @AfterEach
  void end() {
    typed.forEach(RunCommand::close);
  }

  @Test
  void aNewUserMakesAnOrderAndFindsItAgainTheNextDay() throws Exception {
    RunCommand first = gateway(base, data);
    first.awaitLine("Ready", START);
    first.awaitLine("  curl -i " + gateway + "/orders/1", START);
    assertThat(post("/users", "{\"name\":\"Alice\"}")).isEqualTo(201);
    assertThat(post("/orders", "{\"user_id\":1,\"item\":\"Book\"}")).isEqualTo(201);
    assertThat(get("/orders/1")).contains("\"item\":\"Book\"", "\"name\":\"Alice\"");
    first.signal("INT");
    assertThat(first.awaitExit(STOP)).isEqualTo(130);
    first.assertNothingIsLeft(STOP);

    RunCommand second = gateway(base, data);
    second.awaitLine("Ready", START);
    assertThat(get("/users/1")).contains("\"name\":\"Alice\"");
    assertThat(get("/orders/1")).contains("\"item\":\"Book\"");
    second.signal("KILL");
    RunCommand third = gateway(base, data);
    third.awaitLine("Ready", START);
    second.assertNothingIsLeft(STOP);
    assertThat(get("/orders/1")).contains("\"item\":\"Book\"");
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws Exception {
    Path precious = Files.createDirectories(data.resolve("logs")).resolve("precious.log");
    Files.writeString(precious, "mine");
    RunCommand run = gateway(base, data);
    assertThat(run.awaitExit(START)).isEqualTo(1);
    assertThat(run.lines()).singleElement().asString().contains("has other files in it");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void whatADeathLeavesRunningIsSaid() throws Exception {
    RunCommand run = gateway(base, data);
    run.awaitLine("Try:", START);
    assertThat(process(run, "user-2").destroyForcibly()).isTrue();
    run.awaitLine("user-2 ended: exit 137 (signal 9); it stays down; log ", STOP);
    assertThat(get("/users?limit=1")).contains("\"items\":[");
    run.signal("TERM");
    assertThat(run.awaitExit(STOP)).isEqualTo(143);
    run.assertNothingIsLeft(STOP);
  }

  @Test
  void aPartThatDoesNotStartEndsTheOthersAndIsNamed() throws Exception {
    Path database = Files.createDirectories(data.resolve("orders-db"));
    Files.writeString(database.resolve("password"), "none\n");
    Files.createFile(data.resolve("rendezvous.lock"));
    RunCommand run = gateway(base, data);
    assertThat(run.awaitExit(START)).isEqualTo(1);
    assertThat(run.lines())
        .anyMatch(line -> line.startsWith("orders-db ended: exit 2; the end of " + data))
        .anyMatch(line -> line.contains("could not access the server configuration file"));
  }

  @Test
  void twoSystemsRunSideBySideAndWhatIsTakenIsNamed(@TempDir Path otherData) throws Exception {
    RunCommand one = gateway(base, data);
    RunCommand other = gateway(Ports.freeBase(2), otherData);
    one.awaitLine("Ready", START);
    other.awaitLine("Ready", START);

    RunCommand sameData = gateway(Ports.freeBase(2), data);
    assertThat(sameData.awaitExit(START)).isEqualTo(1);
    assertThat(sameData.lines()).first().asString().contains(data + " is in use by another ./run");

    RunCommand samePorts = gateway(base, otherData.resolve("third"));
    assertThat(samePorts.awaitExit(START)).isEqualTo(1);
    assertThat(samePorts.lines())
        .first()
        .asString()
        .startsWith("port " + (base + 5433) + " is in use; users-db wants it");

    one.signal("TERM");
    other.signal("TERM");
    one.awaitExit(STOP);
    other.awaitExit(STOP);
    one.assertNothingIsLeft(STOP);
    other.assertNothingIsLeft(STOP);
  }

  @Test
  void aKillWhileItStartsLeavesNoProcess() throws Exception {
    RunCommand run = gateway(base, data);
    run.awaitLine("  users-db ", START);
    run.signal("KILL");
    run.assertNothingIsLeft(STOP);
  }

  @Test
  void ctrlCWhileItStartsLeavesNoProcess() throws Exception {
    RunCommand run = gateway(base, data);
    run.awaitLine("  users-db ", START);
    run.signal("INT");
    assertThat(run.awaitExit(STOP)).isEqualTo(130);
    run.assertNothingIsLeft(STOP);
  }

  private RunCommand gateway(int portBase, Path folder) throws IOException {
    RunCommand run =
        RunCommand.type(
            Repository.ROOT,
            Map.of("PORT", "1", "DATABASE_URL", "nonsense"), // the caller's are not the services'
            "gateway",
            "--port-base",
            String.valueOf(portBase),
            "--data",
            folder.toString(),
            "--offline");
    typed.add(run);
    return run;
  }

  /** By the process id that a person reads. */
  private static ProcessHandle process(RunCommand run, String part) {
    return run.lines().stream()
        .map(Pattern.compile("  " + part + " .* pid ([0-9]+) .*")::matcher)
        .filter(Matcher::matches)
        .map(line -> ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private int post(String path, String json) {
    return http.post(gateway + path, json).map(HttpResponse::statusCode).orElse(0);
  }

  private String get(String path) {
    return http.get(gateway + path).map(HttpResponse::body).orElse("no answer");
  }
}
