package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody needs to know who wants to see the same figures again. */
record Manifest(Map<String, Object> entries) {
  private static final Pattern TRANSPORT = Pattern.compile("\"transport\":\"([^\"]*)\"");

  /**
   * What is asked when a run begins, since people work on while it lasts, and it binds itself to
   * some of the processors.
   *
   * @param dirty whether there were changes that the commit does not have
   */
  record Start(String commit, boolean dirty, int processors) {
    static Start of(Path root) throws IOException {
      return new Start(
          git(root, "rev-parse", "HEAD"),
          !git(root, "status", "--porcelain").isEmpty(),
          Runtime.getRuntime().availableProcessors());
    }
  }

  static Manifest of(
      Start start,
      BenchOptions options,
      Cores cores,
      String backend,
      String closedLoop,
      String openLoop,
      Map<Payload, Double> rates,
      List<Contestant> contestants)
      throws IOException {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    entries.put("command", "./run bench" + (options.quick() ? " --quick" : ""));
    entries.put("seed", options.seed());
    entries.put("commit", start.commit());
    entries.put("dirty", start.dirty());
    entries.put("cores", start.processors() + " x " + processor());
    entries.put("binding", cores.description());
    entries.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    entries.put("backend", backend);
    entries.put("load_closed", closedLoop);
    entries.put("load_fixed_rate", openLoop);
    Map<String, Object> perSecond = new LinkedHashMap<>();
    for (Payload payload : Payload.values()) {
      perSecond.put(payload.label(), rates.getOrDefault(payload, 0.0));
    }
    entries.put("fixed_rates", perSecond);
    Map<String, Object> proxies = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      proxies.put(contestant.name(), proxy(contestant));
    }
    entries.put("measured", proxies);
    return new Manifest(entries);
  }

  private static Map<String, Object> proxy(Contestant contestant) throws IOException {
    Map<String, Object> proxy = new LinkedHashMap<>();
    proxy.put("version", contestant.version());
    if (contestant.proxy().isPresent()) {
      Path output = contestant.proxy().get().folder().resolve("output.log");
      try (var lines = Files.lines(output)) {
        lines
            .map(TRANSPORT::matcher)
            .filter(Matcher::find)
            .findFirst()
            .ifPresent(transport -> proxy.put("transport", transport.group(1)));
      }
    }
    proxy.put("configuration", contestant.configuration());
    return proxy;
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch", "unknown");
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("unknown");
  }

  private static String git(Path root, String... arguments) {
    List<String> line = new ArrayList<>(List.of("git", "-C", root.toString()));
    line.addAll(List.of(arguments));
    return Executables.firstLine(line);
  }
}
