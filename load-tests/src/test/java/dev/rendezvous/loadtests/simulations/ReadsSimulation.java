package dev.rendezvous.loadtests.simulations;

import io.gatling.javaapi.core.Simulation;

/** One user is read at a steady rate: direct or through a gateway, as {@code baseUrl} says. */
public final class ReadsSimulation extends Simulation {

  /** Gatling's entry. */
  public ReadsSimulation() {
    setUp(Journeys.begin().reads().injectOpen(Journeys.steadily()))
        .protocols(Journeys.protocol())
        .assertions(Journeys.promises());
  }
}
