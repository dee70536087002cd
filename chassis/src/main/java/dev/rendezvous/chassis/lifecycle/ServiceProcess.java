package dev.rendezvous.chassis.lifecycle;

import dev.rendezvous.chassis.config.ConfigException;
import dev.rendezvous.chassis.config.Env;
import dev.rendezvous.chassis.health.Drain;
import dev.rendezvous.chassis.health.Health;
import dev.rendezvous.chassis.http.ApiServer;
import dev.rendezvous.chassis.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process from its configuration to its exit code.
 *
 * <p>Exit codes: 0 after an orderly stop by a signal (143 where the platform reports SIGTERM), 1
 * when the start fails, such as for a port in use, 2 for a configuration that is refused.
 */
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

  /** All steps of a stop together; an orchestrator's patience is usually 30 s. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(28);

  private final String name;
  private final Vertx vertx;
  private final String transport;
  private final Telemetry telemetry;
  private final Drain drain = new Drain();
  private final Health health;
  private final ManagementServer management;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /** Of no event loop: those end with Vert.x and could not complete it any more. */
  private final Promise<Void> stopped = Promise.promise();

  private record Step(String name, Supplier<Future<?>> work) {}

  private ServiceProcess(String name, Vertx vertx, String transport, Telemetry telemetry) {
    this.name = name;
    this.vertx = vertx;
    this.transport = transport;
    this.telemetry = telemetry;
    this.health = new Health(vertx, drain);
    this.management = new ManagementServer(health, telemetry);
  }

  /** Wires a process together; the future completes when it serves. */
  @FunctionalInterface
  public interface Start<C> {
    Future<?> start(ServiceProcess process, C config);
  }

  /**
   * Reads the environment, starts what {@code start} wires together and stops it on a signal. This
   * is all that a {@code main} has to call.
   */
  public static <C> void launch(
      String name, Function<Env, C> reader, Function<C, ServerConfig> server, Start<C> start) {
    Telemetry.hold();
    Env.Loaded<C> loaded;
    try {
      loaded = Env.read(System.getenv(), reader);
    } catch (ConfigException e) {
      e.errors().forEach(System.err::println);
      System.exit(2);
      return;
    }
    var process = open(name, server.apply(loaded.config()).telemetry());
    Runtime.getRuntime().addShutdownHook(new Thread(process::stopAndWait, "stop"));
    LOG.info("{} starts with {}", name, loaded.summary());
    process
        .start(server.apply(loaded.config()), () -> start.start(process, loaded.config()))
        .onFailure(process::exit);
  }

  /** A process without a configuration of its own, for tests that start one within theirs. */
  public static ServiceProcess open(String name, Telemetry.Config config) {
    var telemetry = Telemetry.start(name, config);
    var transport = Transports.choose();
    var vertx = Vertx.builder().withTransport(transport);
    telemetry.observe(vertx);
    return new ServiceProcess(name, vertx.build(), transport.name(), telemetry);
  }

  /** Serves the management port, then starts the rest. */
  public Future<Void> start(ServerConfig config, Supplier<Future<?>> rest) {
    var begun = System.nanoTime();
    return management
        .listen(vertx, config.managementHost(), config.managementPort())
        .recover(
            cause ->
                bindFailed(cause, "MANAGEMENT_", config.managementHost(), config.managementPort()))
        .compose(
            server -> {
              onStop("management", server::close);
              return rest.get();
            })
        .recover(cause -> bindFailed(cause, "", config.host(), config.port()))
        .onSuccess(
            started ->
                LOG.atInfo()
                    .addKeyValue("port", config.port())
                    .addKeyValue("management_port", config.managementPort())
                    .addKeyValue("transport", transport)
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                    .log("{} serves", name))
        .mapEmpty();
  }

  /**
   * Deploys one instance of a verticle for each core, to serve until the stop.
   *
   * @param leave sends others away; when it is done the instances are undeployed
   */
  public Future<?> serve(Supplier<Deployable> verticle, Supplier<Future<?>> leave) {
    var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    var deployed = Promise.<String>promise();
    // Before the deployment, because a stop can come while it is under way.
    onStop(
        "serving",
        () ->
            deployed
                .future()
                .compose(
                    id -> leave.get().transform(left -> vertx.undeploy(id)), Future::failedFuture));
    return vertx.deployVerticle(verticle, options).onComplete(deployed);
  }

  /** How this process serves its API. */
  public ApiServer.Setup api(ServerConfig config, String receiverHeader) {
    return new ApiServer.Setup(
        name, config.host(), config.port(), receiverHeader, telemetry, drain);
  }

  /** Adds a step to the stop; steps run in the reverse order of their adding, one by one. */
  public void onStop(String step, Supplier<Future<?>> work) {
    synchronized (steps) {
      steps.push(new Step(step, work));
    }
  }

  public String name() {
    return name;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Telemetry telemetry() {
    return telemetry;
  }

  public Health health() {
    return health;
  }

  public Drain drain() {
    return drain;
  }

  public ManagementServer management() {
    return management;
  }

  /** Not ready from now on; then each step, however the one before it ended; then Vert.x itself. */
  public Future<Void> stop() {
    if (!stopping.compareAndSet(false, true)) {
      return stopped.future();
    }
    LOG.info("{} stops", name);
    drain.begin();
    nextStep().onComplete(done -> vertx.close().onComplete(stopped));
    return stopped.future();
  }

  private Future<Void> nextStep() {
    Step step;
    synchronized (steps) {
      step = steps.poll();
    }
    if (step == null) {
      return Future.succeededFuture();
    }
    return step.work()
        .get()
        .onFailure(cause -> LOG.warn("stopping {} failed", step.name(), cause))
        .otherwiseEmpty()
        .compose(done -> nextStep());
  }

  private void stopAndWait() {
    try {
      stop().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      LOG.warn("{} did not stop in time", name, e);
    }
    telemetry.close();
  }

  /** Ends the process with code 1, for a cause that nothing but another start can mend. */
  public void exit(Throwable cause) {
    if (stopping.get()) {
      return; // What fails because of the stop is no news.
    }
    if (cause instanceof StartException) {
      System.err.println(cause.getMessage());
    } else {
      LOG.error("{} cannot start", name, cause);
      System.err.println(name + " cannot start: " + cause.getMessage());
    }
    // Not on an event loop: the shutdown hook waits for those.
    new Thread(() -> System.exit(1), "exit").start();
  }

  private static <T> Future<T> bindFailed(Throwable cause, String prefix, String host, int port) {
    if (!isBind(cause)) {
      return Future.failedFuture(cause);
    }
    var line =
        String.valueOf(cause.getMessage()).contains("in use")
            ? "%sPORT=%d is in use".formatted(prefix, port)
            : "%1$sHOST=%2$s %1$sPORT=%3$d cannot be listened on".formatted(prefix, host, port);
    return Future.failedFuture(new StartException(line));
  }

  /** Netty's native transports have an exception of their own for it. */
  private static boolean isBind(Throwable cause) {
    return cause instanceof BindException
        || (cause instanceof IOException && String.valueOf(cause.getMessage()).startsWith("bind("));
  }

  /** A start that fails for a reason that one line explains. */
  static final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
      super(message, null, false, false);
    }
  }
}
