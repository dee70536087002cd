package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.Problem;
import dev.rendezvous.chassis.telemetry.TraceContext;
import dev.rendezvous.gateway.connection.ClientConnection;
import dev.rendezvous.gateway.connection.ClientConnections;
import dev.rendezvous.gateway.connection.Peer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.Http2Exception;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, in log and metrics, of what happens to connections outside of requests. */
final class ConnectionLog implements ClientConnections.Events {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  private final MeterRegistry meters;

  ConnectionLog(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public String slowHead(Peer client, long nanos) {
    var failure = Failure.SLOW_HEAD;
    var problem = Objects.requireNonNull(failure.problem());
    var trace = TraceContext.of(null).traceId();
    AccessLog.timer(meters, AccessLog.NONE, failure.status(), failure.label())
        .record(nanos, TimeUnit.NANOSECONDS);
    LOG.atInfo()
        .addKeyValue("status", failure.status())
        .addKeyValue("cause", failure.label())
        .addKeyValue("remote", client.text())
        .addKeyValue("trace_id", trace)
        .log("request");
    var body = problem.toJson("/", trace).encode();
    return String.join(
        "\r\n",
        "HTTP/1.1 " + failure.status() + " Request Timeout",
        "Content-Type: " + Problem.MEDIA_TYPE,
        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
        "Cache-Control: no-store",
        "Connection: close",
        "",
        body);
  }

  @Override
  public void closed(ClientConnection.Reason reason, Peer client) {
    var cause = reason.name().toLowerCase(Locale.ROOT);
    count(cause);
    if (reason == ClientConnection.Reason.SLOW_HEAD) {
      LOG.atInfo()
          .addKeyValue("cause", cause)
          .addKeyValue("remote", client.text())
          .log("connection");
    }
  }

  /** A connection has failed. Its requests tell of that themselves, where it has any. */
  void failed(Throwable cause) {
    if (cause instanceof Http2Exception violation) {
      count("http2_violation");
      LOG.atInfo()
          .addKeyValue("cause", "http2_violation")
          .addKeyValue("error", violation.error())
          .addKeyValue("detail", String.valueOf(violation.getMessage()))
          .log("connection");
    }
  }

  private void count(String cause) {
    meters.counter("gateway.connections.closed", "cause", cause).increment();
  }
}
