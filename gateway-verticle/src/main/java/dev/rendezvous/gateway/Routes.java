package dev.rendezvous.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table in force, and the file that it comes from.
 *
 * <p>The file is read again every second and replaces the table as a whole or not at all; requests
 * in flight keep the route that they have. Its contents are compared, not its time: a file that is
 * mounted from elsewhere is often exchanged without one.
 */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final long READ_MILLIS = 1_000;

  private final @Nullable Path file;
  private byte[] seen;
  private volatile RouteTable table;

  private Routes(@Nullable Path file, byte[] seen, RouteTable table) {
    this.file = file;
    this.seen = seen;
    this.table = table;
  }

  /** The built-in table, for good. */
  static Routes builtIn() {
    return new Routes(null, new byte[0], RouteTable.BUILT_IN);
  }

  /** The table of a file, which must be fine at first. */
  static Routes from(Path file) throws IOException, RouteFile.Invalid {
    var bytes = Files.readAllBytes(file);
    return new Routes(file, bytes, parse(bytes));
  }

  RouteTable table() {
    return table;
  }

  JsonObject describe() {
    return table.describe().put("source", file == null ? "built in" : file.toString());
  }

  /** Reads the file again from time to time; {@code changed} hears of each new table. */
  void follow(Vertx vertx, Consumer<RouteTable> changed) {
    if (file != null) {
      vertx.setPeriodic(
          READ_MILLIS,
          id ->
              vertx
                  .executeBlocking(() -> reread(file))
                  .onSuccess(
                      fresh -> {
                        if (fresh) {
                          changed.accept(table);
                        }
                      }));
    }
  }

  /** Whether there is a new table. Each content of the file is judged, and talked about, once. */
  private synchronized boolean reread(Path path) {
    try {
      var bytes = Files.readAllBytes(path);
      if (Arrays.equals(bytes, seen)) {
        return false;
      }
      seen = bytes;
      table = parse(bytes);
      LOG.info("{} is in force: {} services", path, table.services().size());
      return true;
    } catch (RouteFile.Invalid | IOException e) {
      if (e instanceof RouteFile.Invalid || seen.length > 0) {
        LOG.warn("{} is refused, the old routes stay: {}", path, e.getMessage());
      }
      return false;
    }
  }

  private static RouteTable parse(byte[] bytes) throws RouteFile.Invalid {
    return RouteFile.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
