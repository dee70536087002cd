package dev.rendezvous.gateway.route;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code server:} section; whatever is left out is as in {@link ServerSettings}. */
final class ServerSection {
  static final List<String> FIELDS =
      List.of(
          "client_head",
          "client_idle",
          "clients",
          "drain",
          "headers",
          "fields",
          "request_line",
          "connections",
          "waiting",
          "stream_idle",
          "trusted",
          "tls");

  private static final String TIME = "500ms, 5s or 2m";
  private static final String NUMBER = "a whole number from 1 to 65535";

  private ServerSection() {}

  /**
   * Reads it.
   *
   * @param folder where relative names of files begin
   */
  static ServerSettings read(Fields server, Path folder) throws InvalidFileException {
    var usual = ServerSettings.DEFAULTS;
    return new ServerSettings(
        server.optional("client_head", usual.clientHead(), TIME, Amounts::time),
        server.optional(
            "client_idle", usual.clientIdle(), "1s to 24h, such as 75s or 2m", Amounts::idle),
        server.optional(
            "clients",
            usual.clients(),
            "a whole number from 1 to 1000000",
            Amounts.numberFrom(1, 1_000_000)),
        server.optional("drain", usual.drain(), TIME, Amounts::time),
        server.optional(
            "headers", usual.headers(), "1KiB to 1MiB", Amounts.sizeFrom(1 << 10, 1 << 20)),
        server.optional("fields", usual.fields(), NUMBER, Amounts.numberFrom(1, 65_535)),
        server.optional(
            "request_line",
            usual.requestLine(),
            "1KiB to 1MiB",
            Amounts.sizeFrom(1 << 10, 1 << 20)),
        server.optional("connections", usual.connections(), NUMBER, Amounts.numberFrom(1, 65_535)),
        server.optional("waiting", usual.waiting(), NUMBER, Amounts.numberFrom(1, 65_535)),
        server.optional(
            "stream_idle", usual.streamIdle(), "500ms, 5s, 2m or none", Amounts::timeOrNone),
        TrustedNetworks.ofNetworks(
            server.list("trusted", "a network such as 10.0.0.0/8", TrustedNetworks.Network::parse)),
        tls(server.mapping("tls", List.of("certificate", "key")), folder));
  }

  private static ServerSettings.@Nullable Tls tls(@Nullable Fields tls, Path folder)
      throws InvalidFileException {
    if (tls == null) {
      return null;
    }
    var accepted = "the path of a PEM file that can be read";
    return new ServerSettings.Tls(
        tls.required("certificate", accepted, text -> readable(folder, text)),
        tls.required("key", accepted, text -> readable(folder, text)));
  }

  private static Path readable(Path folder, String text) {
    var path = folder.resolve(text);
    if (text.isEmpty() || !Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(text);
    }
    return path;
  }
}
