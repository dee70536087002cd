package dev.rendezvous.gateway.route;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table and the settings in force, and the file that they come from.
 *
 * <p>The file is read again four times a second and replaces them as a whole or not at all, once
 * two looks have found the same; requests in flight keep the route that they have. Its contents are
 * compared, not its time: a file that is mounted from elsewhere is often exchanged without one.
 */
public final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final long READ_MILLIS = 250;

  private final @Nullable Path file;
  private final ServerSettings started;
  private byte[] seen;
  private byte[] read;
  private volatile GatewayFile inForce;

  private Routes(@Nullable Path file, byte[] seen, GatewayFile inForce) {
    this.file = file;
    this.seen = seen;
    this.read = seen;
    this.inForce = inForce;
    this.started = inForce.server();
  }

  /** The built-in table and settings, for good. */
  public static Routes builtIn() {
    return new Routes(null, new byte[0], GatewayFile.BUILT_IN);
  }

  /** What a file says, which must be fine at first. */
  public static Routes from(Path file) throws IOException, InvalidFileException {
    var bytes = Files.readAllBytes(file);
    return new Routes(file, bytes, parse(file, bytes));
  }

  public RouteTable table() {
    return inForce.routes();
  }

  /** The settings in force: what only a start can change is as it was at the start. */
  public ServerSettings server() {
    return inForce.server();
  }

  /** The path at which an instance is asked whether it is well, by service. */
  public Map<String, String> checks() {
    return inForce.checks();
  }

  /** {@code GET /routes} on the management port. */
  public JsonObject describe() {
    var now = inForce;
    return now.routes()
        .describe()
        .put("checks", new JsonObject(new TreeMap<>(now.checks())))
        .put("server", now.server().describe())
        .put("source", file == null ? "built in" : file.toString());
  }

  /**
   * Reads the file again from time to time; {@code changed} hears each time that it was taken.
   *
   * @return ends it
   */
  public Runnable follow(Vertx vertx, Runnable changed) {
    if (file == null) {
      return () -> {};
    }
    var timer =
        vertx.setPeriodic(
            READ_MILLIS,
            id ->
                vertx
                    .executeBlocking(() -> reread(file))
                    .onSuccess(
                        fresh -> {
                          if (fresh) {
                            changed.run();
                          }
                        }));
    return () -> vertx.cancelTimer(timer);
  }

  /** Whether there is a new table. Each content of the file is judged, and talked about, once. */
  private synchronized boolean reread(Path path) {
    try {
      var bytes = Files.readAllBytes(path);
      if (Arrays.equals(bytes, seen) || !isWhole(bytes)) {
        return false;
      }
      seen = bytes;
      var fresh = parse(path, bytes);
      var table = fresh.routes().continuing(inForce.routes());
      inForce = new GatewayFile(table, fresh.server().inProcessOf(started), fresh.checks());
      LOG.info("{} is in force: {} services", path, fresh.routes().services().size());
      var waiting = fresh.server().waitingForStart(started);
      if (!waiting.isEmpty()) {
        LOG.warn("{}: takes effect at the next start: {}", path, String.join(", ", waiting));
      }
      return true;
    } catch (InvalidFileException e) {
      LOG.warn("{} is refused, the old routes stay: {}", path, e.getMessage());
      return false;
    } catch (IOException e) {
      if (seen.length > 0) {
        seen = new byte[0];
        LOG.warn("{} cannot be read, the old routes stay: {}", path, e.toString());
      }
      return false;
    }
  }

  /** Whoever writes a file in place may be half way; then the next look finds something else. */
  private boolean isWhole(byte[] bytes) {
    var before = read;
    read = bytes;
    return Arrays.equals(bytes, before);
  }

  private static GatewayFile parse(Path file, byte[] bytes) throws InvalidFileException {
    var folder = file.toAbsolutePath().getParent();
    return GatewayFile.parse(
        new String(bytes, StandardCharsets.UTF_8), folder == null ? file : folder);
  }
}
