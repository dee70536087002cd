package dev.rendezvous.chassis.telemetry;

import dev.rendezvous.chassis.config.Env;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxBuilder;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The log, the metrics and the traces of one process, opened and closed together. */
public final class Telemetry implements AutoCloseable {
  private final Logging logging;
  private final PrometheusMeterRegistry meters;
  private final @Nullable Tracing tracing;

  private Telemetry(Logging logging, PrometheusMeterRegistry meters, @Nullable Tracing tracing) {
    this.logging = logging;
    this.meters = meters;
    this.tracing = tracing;
  }

  /**
   * How log lines look, and who gets the traces.
   *
   * @param otlp where traces go; tracing is off without it
   */
  public record Config(LogFormat logFormat, @Nullable URI otlp) {
    public static Config from(Env env) {
      return new Config(
          env.choice("LOG_FORMAT", LogFormat.suited(), LogFormat.class),
          env.optional(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "an http or https URL such as http://localhost:4318",
              Config::endpoint));
    }

    private static URI endpoint(String text) {
      var uri = URI.create(text);
      if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          || uri.getHost() == null
          || uri.getPort() == 0
          || uri.getPort() > 65_535) {
        throw new IllegalArgumentException(text);
      }
      return uri;
    }
  }

  /** To be called first of all: until {@link #start} only what is alarming is logged. */
  public static void hold() {
    Logging.hold();
  }

  /** Starts all three; to be called before anything else logs. */
  public static Telemetry start(String service, Config config) {
    var logging = Logging.start(service, config.logFormat());
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.config().commonTags("service", service);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    FunctionCounter.builder("log.lines.lost", logging, Logging::lost)
        .description("Log lines that nobody read in time")
        .register(meters);
    return new Telemetry(
        logging, meters, config.otlp() == null ? null : new Tracing(service, config.otlp()));
  }

  /** Has the spans of a Vert.x that is about to be built recorded, where tracing is on. */
  public void observe(VertxBuilder vertx) {
    if (tracing != null) {
      tracing.observe(vertx);
    }
  }

  /** Where the parts of this process put what they count and time. */
  public MeterRegistry meters() {
    return meters;
  }

  /** Whether spans are recorded and sent. */
  public boolean tracing() {
    return tracing != null;
  }

  /**
   * The trace that a request belongs to: the recorded span's, else its header's, else a new one.
   */
  public TraceContext trace(HttpServerRequest request) {
    var current = tracing == null ? null : tracing.current();
    return current != null ? current : TraceContext.of(request.getHeader(TraceContext.HEADER));
  }

  /** Whether a request that {@code trace} causes needs its field: Vert.x's tracer sends its own. */
  public @Nullable String traceparent(TraceContext trace) {
    return tracing == null ? trace.traceparent() : null;
  }

  /** All metrics in Prometheus' text format 0.0.4. */
  public String scrape() {
    return meters.scrape();
  }

  @Override
  public void close() {
    if (tracing != null) {
      tracing.close();
    }
    meters.close();
    logging.stop();
  }
}
