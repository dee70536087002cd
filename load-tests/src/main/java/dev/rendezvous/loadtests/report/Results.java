package dev.rendezvous.loadtests.report;

import dev.rendezvous.loadtests.report.Failure.Drill;
import dev.rendezvous.loadtests.report.Speed.NoiseFloor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one comparison found; {@code results.json} is this, with snake_case names.
 *
 * @param manifest what was run, and on what
 * @param noiseFloor how much the base line differs from itself
 * @param variants by name: {@code direct}, {@code gateway}, {@code discovery}, and {@code nginx}
 *     where it was there
 * @param drills what breaks, in the order in which it was broken
 * @param scale how each variant takes more instances and more services
 */
public record Results(
    Manifest manifest,
    List<NoiseFloor> noiseFloor,
    Map<String, VariantResult> variants,
    List<Drill> drills,
    List<Scale> scale) {

  /** The base line: whoever calls has the addresses. */
  public static final String DIRECT = "direct";

  /** Everything goes by way of our gateway. */
  public static final String GATEWAY = "gateway";

  /** The same with nginx in the gateway's place. */
  public static final String NGINX = "nginx";

  /** Whoever calls has asked a registry before. */
  public static final String DISCOVERY = "discovery";

  /** Copies what it gets. */
  public Results {
    noiseFloor = List.copyOf(noiseFloor);
    drills = List.copyOf(drills);
    scale = List.copyOf(scale);
  }

  /**
   * One variant's figures.
   *
   * @param speed one entry a request and rate
   * @param capacity one entry a request
   * @param setup what it takes to have it; the base line is no system of its own and has none
   */
  public record VariantResult(List<Speed> speed, List<Capacity> capacity, Optional<Setup> setup) {

    /** Copies what it gets. */
    public VariantResult {
      speed = List.copyOf(speed);
      capacity = List.copyOf(capacity);
    }
  }

  /**
   * The largest rate that was found at which the 99th percentile stays below 50 ms.
   *
   * @param rate requests a second
   * @param p99 at that rate, in µs
   * @param limit what ended the search: {@code p99}, {@code failures}, {@code generator} or {@code
   *     search}, which is the end of what is tried
   */
  public record Capacity(String request, int rate, double p99, String limit) {}

  /**
   * What it takes to have a variant.
   *
   * @param processes by name
   * @param secondsToReady from nothing running, with its databases made, to the first request
   * @param memoryMib by process after the load, shared pages divided among those that share them
   * @param configurationLines environment entries that it has and the other variant has not, or has
   *     otherwise
   * @param configuration those entries, for people
   * @param codeLines of Java that only this variant needs, by where they are
   * @param dependencies declared libraries and programs that only this variant needs
   */
  public record Setup(
      List<String> processes,
      double secondsToReady,
      Map<String, Double> memoryMib,
      int configurationLines,
      List<String> configuration,
      Map<String, Integer> codeLines,
      List<String> dependencies) {

    /** Copies what it gets. */
    public Setup {
      processes = List.copyOf(processes);
      configuration = List.copyOf(configuration);
      dependencies = List.copyOf(dependencies);
    }

    /** All processes together. */
    public double totalMemoryMib() {
      return memoryMib.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** All places together. */
    public int totalCodeLines() {
      return codeLines.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * A system of a certain size.
   *
   * @param instances of the user service
   * @param services that are known beside ours
   * @param change what was changed, such as {@code an instance is taken out and put back}
   * @param lagMillis median until callers followed the change; absent where they do not follow
   * @param lagMaxMillis the slowest of the tries
   * @param callerMemoryMib of the process that holds the addresses
   * @param memoryMib of the variant's processes together
   */
  public record Scale(
      String variant,
      int instances,
      int services,
      String change,
      Optional<Double> lagMillis,
      Optional<Double> lagMaxMillis,
      double callerMemoryMib,
      double memoryMib) {}
}
