package dev.rendezvous.loadtests.report;

import java.util.List;
import java.util.Map;

/**
 * What was run, and on what; enough to run it again.
 *
 * @param command as it was typed
 * @param commit of the repository, with {@code +} after it where files differed from it
 * @param startedAt UTC
 * @param seed of everything random in the statistics
 * @param rounds how often each cell was measured, in turns with the others
 * @param secondsPerCell of load, each time
 * @param rates requests a second
 * @param serviceFlags of the JVMs of all services
 * @param versions of what was run, by name
 * @param drillsAtOnce whether both variants' drills ran at the same time
 */
public record Manifest(
    String command,
    String commit,
    String startedAt,
    double minutes,
    boolean quick,
    long seed,
    int rounds,
    double secondsPerCell,
    List<Integer> rates,
    String system,
    String processor,
    int cores,
    int memoryGib,
    String java,
    String serviceFlags,
    Map<String, String> versions,
    int userServices,
    boolean drillsAtOnce,
    Generator generator) {

  /** Copies what it gets. */
  public Manifest {
    rates = List.copyOf(rates);
  }

  /** The same with its time, which is known at the end. */
  public Manifest lasting(double newMinutes) {
    return new Manifest(
        command,
        commit,
        startedAt,
        newMinutes,
        quick,
        seed,
        rounds,
        secondsPerCell,
        rates,
        system,
        processor,
        cores,
        memoryGib,
        java,
        serviceFlags,
        versions,
        userServices,
        drillsAtOnce,
        generator);
  }

  /**
   * Whether the load generator was in the way.
   *
   * @param busiest the largest share of its thread's time that it computed in a cell, 0 to 1
   * @param lag99 how late it took up all but one request in a hundred, in µs: the worst cell's
   * @param repeated cells that were measured again because it was late or busy
   */
  public record Generator(double busiest, double lag99, int repeated) {}
}
