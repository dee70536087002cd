package dev.rendezvous.loadtests.compare;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often each cell is measured, in turns with the others
 * @param cell how long it is loaded, each time
 * @param warmUp of each request of each variant, before the first round
 * @param rates requests a second
 * @param capacityStep how long each rate is tried in the search for the largest
 * @param outage of the registry
 * @param drillsAtOnce both variants' at the same time
 * @param starts how often each system is started for its time to ready
 * @param instances user services of the systems that are measured for scale
 * @param fillers other services that the registry knows beside ours, two instances each
 * @param changes how often an instance is taken out and put back at each size
 */
record Plan(
    boolean quick,
    int rounds,
    Duration cell,
    Duration warmUp,
    List<Integer> rates,
    Duration capacityStep,
    Duration outage,
    boolean drillsAtOnce,
    int starts,
    List<Integer> instances,
    List<Integer> fillers,
    int changes) {

  private static final List<Integer> RATES = List.of(100, 200, 300);

  static Plan of(boolean quick) {
    return quick
        ? new Plan(
            true,
            3,
            Duration.ofMillis(500),
            Duration.ofMillis(600),
            RATES,
            Duration.ofMillis(400),
            Duration.ofSeconds(4),
            true,
            1,
            List.of(2),
            List.of(0, 100),
            3)
        : new Plan(
            false,
            7,
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            RATES,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            false,
            3,
            List.of(2, 8),
            List.of(0, 100, 400),
            10);
  }
}
