package dev.rendezvous.discovery.consul;

import dev.rendezvous.discovery.instance.Registration;
import dev.rendezvous.discovery.registry.Registrar;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one instance registered with Consul.
 *
 * <p>Every second it beats from the event loop that serves, and the beat is the proof that Consul
 * still knows the instance: when it does not, because its data is lost, it is registered again.
 */
public final class ConsulRegistrar implements Registrar {

  private static final Logger LOG = LoggerFactory.getLogger(ConsulRegistrar.class);
  private static final long BEAT_MILLIS = Duration.ofSeconds(1).toMillis();

  private final Vertx vertx;
  private final OwnEntry consul;
  private final Function<Registration, Future<Boolean>> ready;
  private volatile @Nullable Registration wanted;
  private volatile State state = State.NONE;
  private volatile @Nullable String lastError;
  private @Nullable Context heart;
  private Future<Void> beat = Future.succeededFuture();
  private long timer = -1;

  private enum State {
    NONE,
    WAITING,
    REGISTERED,
    LEFT
  }

  /**
   * A registrar that has nothing to register yet.
   *
   * @param ready whether an instance about to be registered says that it is ready
   */
  public ConsulRegistrar(
      Vertx vertx, ConsulTarget target, Function<Registration, Future<Boolean>> ready) {
    this.vertx = vertx;
    this.consul = new OwnEntry(vertx, target);
    this.ready = ready;
  }

  @Override
  public Future<Void> register(Registration registration) {
    Promise<Void> tried = Promise.promise();
    Context serving = vertx.getOrCreateContext();
    heart = serving;
    serving.runOnContext(
        ignored -> {
          wanted = registration;
          state = State.WAITING;
          vertx.cancelTimer(timer);
          timer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
          beat().onComplete(tried);
        });
    return tried.future();
  }

  /** Never fails, and never overlaps with another. */
  private Future<Void> beat() {
    Registration registration = wanted;
    if (registration == null || !beat.isComplete()) {
      return beat;
    }
    beat =
        (state == State.REGISTERED ? confirm(registration) : enter(registration))
            .onSuccess(done -> lastError = null)
            .recover(this::missed);
    return beat;
  }

  private Future<Void> missed(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (lastError == null) {
      LOG.warn("the registration could not be confirmed, trying every second: {}", reason);
    }
    lastError = reason;
    return Future.succeededFuture();
  }

  private Future<Void> confirm(Registration registration) {
    return consul
        .beat(registration)
        .compose(
            known -> {
              if (known) {
                return Future.succeededFuture();
              }
              LOG.warn("Consul has forgotten {}", registration.id());
              state = State.WAITING;
              return enter(registration);
            });
  }

  private Future<Void> enter(Registration registration) {
    return ready
        .apply(registration)
        .compose(isReady -> consul.put(registration, isReady))
        .onSuccess(
            done -> {
              state = State.REGISTERED;
              LOG.info(
                  "registered {} as {} at {}:{}",
                  registration.id(),
                  registration.service(),
                  registration.host(),
                  registration.port());
            });
  }

  @Override
  public Future<Void> deregister() {
    Context serving = heart;
    if (serving == null) {
      return Future.succeededFuture();
    }
    Promise<Void> left = Promise.promise();
    serving.runOnContext(ignored -> leave().onComplete(left));
    return left.future();
  }

  private Future<Void> leave() {
    Registration registration = wanted;
    wanted = null;
    vertx.cancelTimer(timer);
    if (registration == null) {
      return Future.succeededFuture();
    }
    // A registration that is under way would otherwise arrive after the farewell.
    return beat.compose(done -> consul.isOurs(registration))
        .compose(ours -> ours ? consul.remove(registration) : Future.succeededFuture())
        .onSuccess(done -> LOG.info("left the registry: {}", registration.id()))
        .recover(this::missed)
        .onSuccess(done -> state = State.LEFT);
  }

  @Override
  public JsonObject describe() {
    return new JsonObject()
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("last_error", lastError);
  }

  @Override
  public Future<Void> close() {
    wanted = null;
    vertx.cancelTimer(timer);
    return consul.close();
  }
}
