package dev.rendezvous.gateway.route;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the file's {@code server:} section says of the gateway as a whole. Immutable.
 *
 * <p>What the sockets, parsers and pools are made with holds from start to end: {@code
 * client_idle}, {@code headers}, {@code request_line}, {@code connections}, {@code waiting}, and
 * whether there is TLS at all. Everything else takes effect when the file is read again: {@code
 * client_head} and {@code clients} with the next connection, {@code drain} with the stop, {@code
 * fields}, {@code stream_idle} and {@code trusted} with the next request, the files of {@code tls}
 * with the next handshake.
 *
 * @param clientHead the time for a request's head, from its first byte
 * @param clientIdle how long a client's connection may be silent; at start only
 * @param clients the most connections of clients; who comes after is closed at once
 * @param drain how long requests may finish in after the gateway was told to stop
 * @param headers the most bytes of a head's fields, either way; at start only
 * @param fields the most header fields of a request
 * @param requestLine the most bytes of a request line; at start only
 * @param connections the most connections to one instance; at start only
 * @param waiting the most requests that wait for one of those; at start only
 * @param streamIdle how long an event stream or a WebSocket may be silent where its route does not
 *     say
 * @param trusted whose word on where a request comes from is believed
 * @param tls null where clients speak without
 */
public record ServerSettings(
    Duration clientHead,
    Duration clientIdle,
    int clients,
    Duration drain,
    int headers,
    int fields,
    int requestLine,
    int connections,
    int waiting,
    Duration streamIdle,
    TrustedNetworks trusted,
    @Nullable Tls tls) {

  /** PEM files; a certificate is followed by those that it was issued by. */
  public record Tls(Path certificate, Path key) {}

  public static final ServerSettings DEFAULTS =
      new ServerSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          16_384,
          Duration.ofSeconds(20),
          16 << 10,
          100,
          8 << 10,
          128,
          256,
          Duration.ofMinutes(5),
          TrustedNetworks.NONE,
          null);

  /** What of this can take effect in a process that was started with other settings. */
  ServerSettings inProcessOf(ServerSettings started) {
    return new ServerSettings(
        clientHead,
        started.clientIdle,
        clients,
        drain,
        started.headers,
        fields,
        started.requestLine,
        started.connections,
        started.waiting,
        streamIdle,
        trusted,
        // Other files for the same listener are fine; a listener of another kind is not.
        (tls == null) == (started.tls == null) ? tls : started.tls);
  }

  /** What of this does not take effect in a process that was started with others, one a text. */
  List<String> waitingForStart(ServerSettings started) {
    var waiting = new ArrayList<String>();
    var before = started.startOnly();
    startOnly()
        .forEach(
            (name, value) -> {
              if (!Objects.equals(value, before.get(name))) {
                waiting.add("%s (%s, still %s)".formatted(name, value, before.get(name)));
              }
            });
    return waiting;
  }

  private Map<String, String> startOnly() {
    var values = new LinkedHashMap<String, String>();
    values.put("client_idle", clientIdle.toMillis() + "ms");
    values.put("headers", Integer.toString(headers));
    values.put("request_line", Integer.toString(requestLine));
    values.put("connections", Integer.toString(connections));
    values.put("waiting", Integer.toString(waiting));
    values.put("tls", tls == null ? "off" : "on");
    return values;
  }

  JsonObject describe() {
    return new JsonObject()
        .put("client_head_ms", clientHead.toMillis())
        .put("client_idle_ms", clientIdle.toMillis())
        .put("clients", clients)
        .put("drain_ms", drain.toMillis())
        .put("headers", headers)
        .put("fields", fields)
        .put("request_line", requestLine)
        .put("connections", connections)
        .put("waiting", waiting)
        .put("stream_idle_ms", Route.millis(streamIdle))
        .put("trusted", trusted.describe())
        .put("tls", tls == null ? "none" : tls.certificate().toString());
  }
}
