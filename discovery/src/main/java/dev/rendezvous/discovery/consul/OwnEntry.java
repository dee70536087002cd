package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.registry.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.consul.ConsulClient;
import io.vertx.ext.consul.ConsulClientOptions;
import io.vertx.ext.consul.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The entry of one instance in Consul: its service, the check that Consul makes and the one that
 * the instance must keep alive.
 */
final class OwnEntry {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Three beats: one may be lost. */
  private static final String TTL = "3s";

  /** After an entry is gone: watchers fetch at most this late. */
  private static final long SPREAD_MILLIS = 300;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final int LOOKS = 20;

  private final Vertx vertx;
  private final ConsulHttp raw;
  private final ConsulClient client;

  OwnEntry(Vertx vertx, ConsulTarget target) {
    this.vertx = vertx;
    this.raw = new ConsulHttp(vertx, target);
    this.client = ConsulClient.create(vertx, options(target));
  }

  private static ConsulClientOptions options(ConsulTarget target) {
    ConsulClientOptions options =
        new ConsulClientOptions()
            .setHost(target.agent().host())
            .setPort(target.agent().port())
            .setAclToken(target.token())
            .setTimeout(PATIENCE.toMillis())
            .setConnectTimeout((int) PATIENCE.toMillis())
            .setSsl(target.tls());
    if (target.trust() != null) {
      options.setTrustOptions(target.trust());
    }
    return options;
  }

  /**
   * Makes or replaces the entry. Raw, because the stock client cannot send a check's time-out.
   *
   * @param ready starts the check as passing, else nobody is sent here before Consul's first look
   */
  Future<Void> put(Registration registration, boolean ready) {
    return raw.put(
        "/v1/agent/service/register?replace-existing-checks=1",
        entry(registration, ready),
        PATIENCE);
  }

  private static JsonObject entry(Registration registration, boolean ready) {
    Map<String, Object> meta = new HashMap<>(registration.metadata());
    meta.put(ServiceInstance.MANAGEMENT_PORT, String.valueOf(registration.managementPort()));
    JsonObject weights =
        new JsonObject()
            .put("Passing", registration.weight())
            .put("Warning", registration.weight());
    return new JsonObject()
        .put("ID", registration.id())
        .put("Name", registration.service())
        .put("Address", registration.host())
        .put("Port", registration.port())
        .put("Tags", new JsonArray(registration.tags()))
        .put("Meta", new JsonObject(meta))
        .put("Weights", weights)
        .put("Checks", new JsonArray().add(look(registration, ready)).add(pulse(registration)));
  }

  private static JsonObject look(Registration registration, boolean ready) {
    HostPort management = new HostPort(registration.host(), registration.managementPort());
    return new JsonObject()
        .put("CheckID", "ready:" + registration.id())
        .put("Name", "ready")
        .put("HTTP", "http://" + management + "/health/ready")
        .put("Interval", "1s")
        .put("Timeout", "1s")
        .put("Status", ready ? "passing" : "critical")
        .put("DeregisterCriticalServiceAfter", "1m");
  }

  private static JsonObject pulse(Registration registration) {
    return new JsonObject()
        .put("CheckID", pulseId(registration))
        .put("Name", "event loop")
        .put("TTL", TTL)
        .put("Status", "passing")
        .put("DeregisterCriticalServiceAfter", "1m");
  }

  private static String pulseId(Registration registration) {
    return "beat:" + registration.id();
  }

  /** Whether the entry is still there; fails when Consul cannot be asked. */
  Future<Boolean> beat(Registration registration) {
    return client
        .passCheck(pulseId(registration))
        .map(true)
        .recover(
            failure ->
                isUnknownCheck(String.valueOf(failure.getMessage()))
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  /** A 404 since Consul 1.9; before, a 500 with this text. The client hides the status. */
  private static boolean isUnknownCheck(String message) {
    return message.contains("does not have associated TTL")
        || message.contains("Unknown check")
        || message.contains("Not Found");
  }

  /** Whether the entry under this id has this address, and not a newer instance's. */
  Future<Boolean> isOurs(Registration registration) {
    return client
        .localServices()
        .map(services -> services.stream().anyMatch(service -> matches(service, registration)));
  }

  private static boolean matches(Service service, Registration registration) {
    return registration.id().equals(service.getId())
        && registration.host().equals(service.getAddress())
        && registration.port() == service.getPort();
  }

  /** Removes the entry and waits, a bounded time, until those who watch have heard. */
  Future<Void> remove(Registration registration) {
    return client
        .deregisterService(registration.id())
        .compose(done -> gone(registration, LOOKS))
        .compose(done -> after(SPREAD_MILLIS));
  }

  private Future<Void> gone(Registration registration, int looks) {
    return client
        .healthServiceNodes(registration.service(), false)
        .map(
            entries ->
                entries.getList().stream()
                    .noneMatch(entry -> matches(entry.getService(), registration)))
        .compose(
            gone ->
                gone || looks == 0
                    ? Future.succeededFuture()
                    : after(LOOK_AGAIN_MILLIS).compose(done -> gone(registration, looks - 1)));
  }

  private Future<Void> after(long millis) {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(millis, id -> promise.complete());
    return promise.future();
  }

  Future<Void> close() {
    client.close();
    return raw.close();
  }
}
