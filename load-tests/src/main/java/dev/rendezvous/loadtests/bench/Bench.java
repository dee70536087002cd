package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Executables;
import dev.rendezvous.loadtests.proxy.ProxyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code ./run bench}: the same requests directly, through our gateway, and through each other
 * proxy that is found, in turn, round after round.
 */
public final class Bench {
  /** No fixed rate is higher; it is half of what the slowest proxy can do, if that is less. */
  private static final Map<Payload, Double> HIGHEST_RATES =
      Map.of(Payload.SMALL, 4000.0, Payload.MEDIUM, 2000.0, Payload.LARGE, 100.0);

  private final BenchOptions options;
  private final Plan plan;
  private final Path root;
  private final Path folder;
  private final Cores cores;
  private final List<Contestant> contestants = new ArrayList<>();
  private final OwnLoader own;
  private final Loader closedLoop;

  private Bench(BenchOptions options, Plan plan, Path root, Path folder) throws IOException {
    this.options = options;
    this.plan = plan;
    this.root = root;
    this.folder = folder;
    this.cores = Cores.assign();
    this.own = new OwnLoader(options.seed());
    Optional<Path> wrk = Executables.find("wrk");
    this.closedLoop =
        wrk.isPresent() ? new WrkLoader(wrk.get(), cores.prefix(), folder, options.seed()) : own;
  }

  /**
   * Measures and writes {@code load-tests/target/bench/bench.md} and {@code bench.json}.
   *
   * @param arguments after {@code bench}
   * @return the exit code: 1 if an answer was not as expected, 2 for bad arguments
   */
  public static int run(List<String> arguments) {
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments);
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return 2;
    }
    // A Ctrl-C must not leave proxies behind.
    Thread ender =
        new Thread(
            () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "ender");
    Runtime.getRuntime().addShutdownHook(ender);
    Path root = Path.of(System.getProperty("rendezvous.root", "")).toAbsolutePath();
    return run(options, options.quick() ? Plan.quick() : Plan.full(), root);
  }

  /** The same with another plan, for a test. */
  static int run(BenchOptions options, Plan plan, Path root) {
    try {
      Path folder = Files.createTempDirectory("rendezvous-bench-");
      try {
        new Bench(options, plan, root, folder).measure();
        return 0;
      } finally {
        remove(folder);
      }
    } catch (IOException failed) {
      System.err.println("bench: " + failed.getMessage());
      return 1;
    }
  }

  private void measure() throws IOException {
    Manifest.Start start = Manifest.Start.of(root);
    cores.bindThisProcess();
    try (Backend backend = backend()) {
      try {
        start(backend);
        Results results = rounds();
        Manifest manifest = manifest(start, backend);
        new Report(manifest, results, names())
            .write(root.resolve(Path.of("load-tests", "target", "bench")));
      } finally {
        for (Contestant contestant : contestants) {
          contestant.close();
        }
      }
    } finally {
      cores.widen(List.of(ProcessHandle.current().pid()));
    }
  }

  private Backend backend() throws IOException {
    Optional<Path> nginx = Executables.find("nginx");
    return nginx.isPresent()
        ? NginxBackend.start(nginx.get(), cores.prefix(), folder, options.seed())
        : SmallBackend.start(options.seed());
  }

  private void start(Backend backend) throws IOException {
    System.out.println("Backend: " + backend.description() + "; " + cores.description());
    contestants.add(Contestant.direct(backend.address(), backend.description()));
    if (options.wants(ProxyName.RENDEZVOUS.label())) {
      for (var jdk : jdks().entrySet()) {
        contestants.add(
            Contestant.ours(jdk.getKey(), jdk.getValue(), backend.address(), cores.proxy()));
      }
    }
    for (ProxyName name : ProxyName.available()) {
      if (name != ProxyName.RENDEZVOUS && options.wants(name.label())) {
        contestants.add(Contestant.of(name, backend.address(), cores.proxy()));
      }
    }
    for (Contestant contestant : contestants) {
      System.out.println("  " + contestant.name() + ": " + contestant.version());
    }
  }

  /** The newest and the oldest: io_uring is for the one, epoll for the other. */
  private static Map<Integer, Path> jdks() throws IOException {
    Map<Integer, Path> found = Jdks.found();
    List<Integer> releases = new ArrayList<>(found.keySet());
    Map<Integer, Path> chosen = new TreeMap<>(Comparator.reverseOrder());
    for (int release : List.of(releases.get(0), releases.get(releases.size() - 1))) {
      chosen.put(release, found.get(release));
    }
    return chosen;
  }

  private Results rounds() throws IOException {
    long millis = contestants.stream().mapToLong(c -> plan.warmUpMillis(c.compiled())).sum();
    Progress progress = new Progress(millis + plan.millis() * contestants.size());
    warmUp(progress);
    Results results = new Results();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Cell cell : plan.cells()) {
        for (Contestant contestant : contestants) {
          progress.say(
              "round %d of %d: %s, %s"
                  .formatted(round, plan.rounds(), cell.label(), contestant.name()));
          Sample sample = contestant.measure(loader(cell), cell, cell.length());
          results.add(cell, contestant.name(), sample);
          progress.advance(cell.length().toMillis());
        }
      }
    }
    return results;
  }

  private void warmUp(Progress progress) throws IOException {
    double slowest = Double.MAX_VALUE;
    HIGHEST_RATES.forEach((payload, rate) -> own.setRate(payload, rate / 4));
    for (Contestant contestant : contestants) {
      progress.say("warm-up: " + contestant.name());
      cores.widen(contestant.processIds());
      settle(contestant);
      for (Cell cell : plan.cells()) {
        contestant.measure(loader(cell), cell, plan.touch());
      }
      settle(contestant); // Other cells take other branches, and some code is compiled anew.
      cores.narrow(contestant.processIds());
      Sample narrow = contestant.measure(closedLoop, Cell.headline(), plan.touch());
      slowest = Math.min(slowest, narrow.rate());
      progress.advance(plan.warmUpMillis(contestant.compiled()));
    }
    double share = Math.min(1, slowest / 2 / HIGHEST_RATES.getOrDefault(Payload.SMALL, 1.0));
    HIGHEST_RATES.forEach(
        (payload, rate) -> own.setRate(payload, Math.max(10, Math.floor(rate * share / 10) * 10)));
  }

  private void settle(Contestant contestant) throws IOException {
    if (contestant.compiled()) {
      new WarmUp(plan.warmUp())
          .run(length -> contestant.measure(closedLoop, Cell.headline(), length).cpuMicros());
    }
  }

  private Loader loader(Cell cell) {
    return cell.fixedRate() ? own : closedLoop;
  }

  private Manifest manifest(Manifest.Start start, Backend backend) throws IOException {
    return Manifest.of(
        start,
        options,
        cores,
        backend.description(),
        closedLoop.description(),
        own.description(),
        own.rates(),
        contestants);
  }

  private List<String> names() {
    return contestants.stream().map(Contestant::name).toList();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
