package dev.rendezvous.gateway;

import dev.rendezvous.chassis.lifecycle.ServiceProcess;
import dev.rendezvous.discovery.Discovery;
import dev.rendezvous.discovery.DiscoveryOptions;
import dev.rendezvous.gateway.connection.ClientConnections;
import dev.rendezvous.gateway.route.Routes;
import dev.rendezvous.gateway.tls.Certificates;
import dev.rendezvous.gateway.tls.InvalidCertificateException;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/** Wires the gateway's process together. */
public final class GatewayMain {
  private GatewayMain() {}

  public static void main(String[] arguments) {
    ServiceProcess.launch(
        GatewayConfig.NAME,
        GatewayConfig::from,
        GatewayConfig::server,
        (process, config) ->
            start(
                process,
                config,
                Limits.of(config.routes().server()),
                Runtime.getRuntime().availableProcessors()));
  }

  /** Starts everything in its order; the stop runs the other way round. */
  static Future<?> start(
      ServiceProcess process, GatewayConfig config, Limits limits, int eventLoops) {
    var vertx = process.vertx();
    var meters = process.telemetry().meters();
    var discovery =
        Discovery.create(
            vertx,
            config.discovery(),
            DiscoveryOptions.defaults()
                .withMeters(meters)
                .withSnapshot(config.snapshot())
                .withToken(config.consulToken())
                .withCaFile(config.consulCa()));
    var routes = config.routes();
    lookAfter(routes, discovery);
    var following = routes.follow(vertx, () -> lookAfter(routes, discovery));
    process.onStop(
        "routes",
        () -> {
          following.run();
          return Future.succeededFuture();
        });

    var inFlight = new AtomicInteger();
    Gauge.builder("gateway.in.flight", inFlight, AtomicInteger::get)
        .description("Requests that have a route and no answer yet")
        .register(meters);
    process.management().page("/routes", routes::describe);
    process.management().page("/discovery", discovery::describe);
    // A table there is always; what is not there at once is the server.
    Promise<Void> serving = Promise.promise();
    process.health().require("server", () -> serves(serving.future()));

    Certificates certificates;
    try {
      certificates = Certificates.of(() -> routes.server().tls());
    } catch (InvalidCertificateException e) {
      return Future.failedFuture(e);
    }
    if (certificates != null) {
      certificates.follow(vertx);
    }
    process.onStop("discovery", discovery::close);
    var shared =
        new Forwarder.Shared(
            routes,
            discovery,
            process.telemetry(),
            limits,
            new ClientConnections.Listener(),
            certificates,
            inFlight);
    return discovery
        .start()
        .compose(started -> serve(process, config, shared, eventLoops))
        .onSuccess(served -> serving.complete());
  }

  private static void lookAfter(Routes routes, Discovery discovery) {
    routes.table().services().forEach(discovery::watch);
    discovery.check(routes.checks());
  }

  private static Future<?> serves(Future<Void> serving) {
    return serving.succeeded() ? serving : Future.failedFuture("not yet");
  }

  private static Future<?> serve(
      ServiceProcess process, GatewayConfig config, Forwarder.Shared shared, int eventLoops) {
    var server = config.server();
    return process
        .vertx()
        .deployVerticle(
            () -> new GatewayVerticle(shared, server.host(), server.port(), eventLoops),
            new DeploymentOptions().setInstances(eventLoops))
        .onSuccess(id -> process.onStop("gateway", () -> process.vertx().undeploy(id)));
  }
}
