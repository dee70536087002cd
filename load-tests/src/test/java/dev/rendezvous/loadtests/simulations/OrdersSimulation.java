package dev.rendezvous.loadtests.simulations;

import io.gatling.javaapi.core.Simulation;

/** Orders are made at a steady rate: by way of a gateway or not, as {@code baseUrl} says. */
public final class OrdersSimulation extends Simulation {

  /** Gatling's entry. */
  public OrdersSimulation() {
    setUp(Journeys.begin().orders().injectOpen(Journeys.steadily()))
        .protocols(Journeys.protocol())
        .assertions(Journeys.promises());
  }
}
