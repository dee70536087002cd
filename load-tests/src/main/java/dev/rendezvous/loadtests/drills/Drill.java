package dev.rendezvous.loadtests.drills;

import dev.rendezvous.playground.CommandLine.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An event that is made to happen in each variant that can have it.
 *
 * @param id for files
 * @param event for people
 * @param must what has to come of it
 * @param gateway how it happens where there is a gateway with a fixed list
 * @param discovery how it happens where there is a registry and no gateway
 * @param noticed the figure that tells how long it took until no request was sent to what is broken
 * @param recovered the figure that tells how long it took from its return until it was used again
 * @param special the figure that this event alone has
 */
public record Drill(
    String id,
    String event,
    String must,
    Way gateway,
    Way discovery,
    Optional<String> noticed,
    Optional<String> recovered,
    Optional<String> special) {

  /**
   * How an event happens, or why it cannot.
   *
   * @param lacking nothing where it can happen
   */
  public record Way(String lacking, Function<DrillSystem, Row> run) {

    static Way by(Function<DrillSystem, Row> run) {
      return new Way("", run);
    }

    static Way none(String why) {
      return new Way(
          why,
          system -> {
            throw new DrillFailure(why);
          });
    }
  }

  /** In this variant. */
  public Way way(Variant variant) {
    return variant == Variant.GATEWAY ? gateway : discovery;
  }

  private static Drill of(
      String id,
      String event,
      String must,
      Way gateway,
      Way discovery,
      String noticed,
      String recovered,
      String special) {
    return new Drill(
        id, event, must, gateway, discovery, named(noticed), named(recovered), named(special));
  }

  private static Optional<String> named(String figure) {
    return Optional.of(figure).filter(name -> !name.isEmpty());
  }

  /**
   * All of them, in an order in which each leaves to the next what it needs.
   *
   * @param outage how long the registry is away
   */
  public static List<Drill> all(Duration outage) {
    Way noRegistry = Way.none("it has no registry");
    Way noGateway = Way.none("it has no gateway");
    return List.of(
        of(
            "instance-killed",
            "a user service gets SIGKILL",
            "0 failed; out of use ≤ 2 s",
            Way.by(system -> new InstanceRows(system).killed()),
            Way.by(system -> new InstanceRows(system).killed()),
            "seconds until out",
            "seconds from ready until back",
            ""),
        of(
            "instance-hangs",
            "a user service hangs (SIGSTOP)",
            "≤ 2 slow requests a client; out of use ≤ 4 s",
            Way.by(system -> new InstanceRows(system).hangs()),
            Way.by(system -> new InstanceRows(system).hangs()),
            "seconds until out",
            "seconds from SIGCONT until back",
            ""),
        of(
            "instance-slow",
            "a user service is 10 times slower",
            "≤ 5 % of the requests to it after 2 s",
            Way.by(system -> new InstanceRows(system).tenTimesSlower()),
            Way.by(system -> new InstanceRows(system).tenTimesSlower()),
            "",
            "",
            "share of its traffic after 2 s"),
        of(
            "instance-moves",
            "a user service moves to another port",
            "0 failed; followed ≤ 200 ms after the registry knows",
            Way.by(system -> new InstanceRows(system).movesAway()),
            Way.by(system -> new InstanceRows(system).moves()),
            "",
            "",
            "seconds from Consul to the callers"),
        of(
            "rolling-restart",
            "both user services are restarted, one after the other",
            "0 failed",
            Way.by(system -> new InstanceRows(system).rollingRestart()),
            Way.by(system -> new InstanceRows(system).rollingRestart()),
            "",
            "",
            "seconds for both"),
        of(
            "registry-away",
            "the registry is killed for " + outage.toSeconds() + " s",
            "0 failed; in touch ≤ 5 s after its return",
            noRegistry,
            Way.by(system -> new RegistryRows(system).killedFor(outage)),
            "",
            "seconds from its return until in touch",
            ""),
        of(
            "registry-empty",
            "the registry returns without its data",
            "0 failed; all registered again ≤ 3 s",
            noRegistry,
            Way.by(system -> new RegistryRows(system).wiped()),
            "",
            "seconds until all are registered",
            ""),
        of(
            "gateway-terminated",
            "the gateway gets SIGTERM and is restarted",
            "0 failed among those accepted",
            Way.by(system -> new GatewayRows(system).terminated()),
            noGateway,
            "",
            "seconds until the first order",
            ""),
        of(
            "gateway-killed",
            "the gateway gets SIGKILL and is restarted",
            "all fail until it is back: the price of the pattern",
            Way.by(system -> new GatewayRows(system).killed()),
            noGateway,
            "",
            "seconds until the first order",
            ""),
        of(
            "database-killed",
            "the orders' database gets SIGKILL and returns",
            "503 at once, orders ≤ 2 s after; none lost, none doubled",
            Way.by(system -> new DatabaseRows(system).killed()),
            Way.by(system -> new DatabaseRows(system).killed()),
            "",
            "seconds from its return until the first order",
            "seconds of the slowest failure"));
  }
}
