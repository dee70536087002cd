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
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, in log and metrics, of what happens to connections outside of requests. */
final class ConnectionLog implements ClientConnections.Events {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final MeterRegistry meters;
  private long nextWarning = System.nanoTime();

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
    if (reason == ClientConnection.Reason.TOO_MANY) {
      warn();
    }
    if (reason == ClientConnection.Reason.SLOW_HEAD) {
      LOG.atInfo()
          .addKeyValue("cause", cause)
          .addKeyValue("remote", client.text())
          .log("connection");
    }
  }

  /** One line for many: whoever is flooded with connections must not be flooded with lines. */
  private void warn() {
    var now = System.nanoTime();
    if (now - nextWarning >= 0) {
      nextWarning = now + WARNING_NANOS;
      LOG.warn("clients have as many connections as they may; new ones are closed");
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

  /** A connection has failed before it was one: most often a handshake that the two cannot do. */
  void notOpened(Throwable cause) {
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof SSLException refused) {
        count("tls_handshake");
        LOG.atInfo()
            .addKeyValue("cause", "tls_handshake")
            .addKeyValue("detail", String.valueOf(refused.getMessage()))
            .log("connection");
        return;
      }
    }
  }

  private void count(String cause) {
    meters.counter("gateway.connections.closed", "cause", cause).increment();
  }
}
