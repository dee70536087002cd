package dev.rendezvous.chassis.sql;

import dev.rendezvous.chassis.config.Env;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a database is and who asks it: {@code postgresql://user:password@host:port/name}. */
public record DatabaseUrl(String host, int port, String name, String user, String password) {
  private static final String ACCEPTED =
      "postgresql://user:password@host:port/name (the password may be in DATABASE_PASSWORD_FILE)";

  // By hand: to java.net.URI a name with "_", as Compose makes them, is no host.
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?<user>[^:@]+)(?::(?<password>[^@]*))?"
              + "@(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?");

  // What could begin a parameter of the JDBC URL is refused, encoded or not.
  private static final Pattern NAME = Pattern.compile("/(?<name>[^/%?&#]+)");

  /**
   * Reads {@code DATABASE_URL} and, where the URL has no password, {@code DATABASE_PASSWORD_FILE}.
   */
  public static DatabaseUrl from(Env env) {
    var file = env.secretFile("DATABASE_PASSWORD_FILE");
    return env.required("DATABASE_URL", ACCEPTED, text -> parse(text, file));
  }

  static DatabaseUrl parse(String text, @Nullable String passwordFromFile) {
    var uri = URI.create(text);
    var authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
    var path = NAME.matcher(Objects.requireNonNullElse(uri.getRawPath(), ""));
    if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
        || !authority.matches()
        || !path.matches()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    var inUrl = authority.group("password");
    if (inUrl == null && passwordFromFile == null) {
      throw new IllegalArgumentException(text);
    }
    return new DatabaseUrl(
        authority.group("host").replaceAll("^\\[|]$", ""),
        port(authority.group("port")),
        path.group("name"),
        decoded(authority.group("user")),
        passwordFromFile != null ? passwordFromFile : decoded(inUrl));
  }

  private static int port(@Nullable String text) {
    var port = text == null ? 5432 : Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(text);
    }
    return port;
  }

  /** For the JDBC driver, which migrations use at start-up; user and password are given apart. */
  String jdbc() {
    var address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "jdbc:postgresql://%s:%d/%s?connectTimeout=2&socketTimeout=60&ApplicationName=migrations"
        .formatted(address, port, URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, name);
  }
}
