package dev.rendezvous.chassis.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.core.VertxBuilder;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry traces, sent by OTLP over HTTP. The class is loaded only where an endpoint is set.
 */
final class Tracing implements AutoCloseable {
  private final OpenTelemetrySdk sdk;

  /**
   * @param endpoint a base URL, to which {@code /v1/traces} is added (OpenTelemetry Protocol
   *     Exporter, "Endpoint URLs for OTLP/HTTP")
   */
  Tracing(String service, URI endpoint) {
    var base = endpoint.toString().replaceAll("/+$", "");
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
    var resource = Resource.create(Attributes.builder().put("service.name", service).build());
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(Resource.getDefault().merge(resource))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
  }

  void observe(VertxBuilder vertx) {
    vertx.withTracer(new OpenTelemetryTracingFactory(sdk));
  }

  /** The trace of the span that Vert.x has opened for the request at hand, if there is one. */
  @Nullable TraceContext current() {
    var span = Span.current().getSpanContext();
    return span.isValid()
        ? new TraceContext(span.getTraceId(), span.getTraceFlags().asHex())
        : null;
  }

  @Override
  public void close() {
    sdk.getSdkTracerProvider().shutdown().join(2, TimeUnit.SECONDS);
  }
}
