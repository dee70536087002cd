package dev.rendezvous.loadtests.drills;

import dev.rendezvous.loadtests.Repository;
import dev.rendezvous.playground.CommandLine.Variant;
import dev.rendezvous.playground.Options;
import dev.rendezvous.playground.Playground;

/** A system that a drill has to itself, its data below {@code target}. */
record RunningSystem(Playground playground, DrillSystem drilled) implements AutoCloseable {

  /** With a gateway that has a fixed list. */
  static RunningSystem gateway(String name) {
    return start(Options.of(Variant.GATEWAY, Repository.ROOT, DrillFolder.fresh(name)));
  }

  /**
   * With a registry, and with a gateway that asks it too, so that reads and writes both go by way
   * of discovery.
   */
  static RunningSystem registry(String name, String source) {
    return start(
        Options.of(Variant.DISCOVERY, Repository.ROOT, DrillFolder.fresh(name))
            .withSource(source)
            .withGatewayOnRegistry());
  }

  private static RunningSystem start(Options options) {
    Playground playground = Playground.run(options);
    try {
      return new RunningSystem(playground, DrillSystem.of(playground, System.out::println));
    } catch (DrillFailure failure) {
      playground.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    playground.close();
  }
}
