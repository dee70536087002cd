package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Caddy: one process that runs Go code on one thread at a time. */
final class CaddyProgram implements Program {
  @Override
  public Command prepare(ProxySettings settings, Place place) throws IOException {
    var file = place.file("Caddyfile");
    Files.writeString(file, configuration(settings, place));
    var home = place.folder().toString();
    return new Command(
        Executables.located(
            List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString())),
        Map.of("GOMAXPROCS", "1", "HOME", home, "XDG_DATA_HOME", home, "XDG_CONFIG_HOME", home));
  }

  private static String configuration(ProxySettings settings, Place place) {
    var handlers =
        settings.routes().stream()
            .map(route -> handler(route, settings))
            .collect(Collectors.joining());
    var site =
        """
        %1$s {
          bind 127.0.0.1
          %2$s
          log {
            output file %3$s
            format json
          }
          request_body {
            max_size %4$d
          }
        %5$s}
        """;
    var access = place.file("access.log");
    var global =
        """
        {
          admin off
          auto_https off
          log default {
            output file %s
          }
          servers {
            protocols h1 h2 h2c
            timeouts {
              read_header %dms
              idle 75s
            }
            max_header_size 16KB
          }
        }
        """
            .formatted(place.file("caddy.log"), settings.requestHead().toMillis());
    var limit = settings.bodyLimit();
    var clear = site.formatted("http://:" + place.port(), "", access, limit, handlers);
    var certificate = settings.certificate();
    return certificate == null
        ? global + clear
        : global
            + clear
            + site.formatted(
                "https://localhost:" + place.tlsPort(),
                "tls %s %s".formatted(certificate.chain(), certificate.key()),
                access,
                limit,
                handlers);
  }

  private static String handler(ProxyRoute route, ProxySettings settings) {
    var matcher = "@" + route.name();
    var named =
        route.coversAll() ? "" : "  %1$s path %2$s %2$s/*%n".formatted(matcher, route.prefix());
    return named
        + """
          handle %1$s {
            reverse_proxy %2$s {
              lb_try_duration 1s
              transport http {
                dial_timeout 500ms
                response_header_timeout %3$dms
                keepalive 30s
                keepalive_idle_conns_per_host 128
              }
            }
          }
        """
            .formatted(
                route.coversAll() ? "" : matcher,
                route.backends().stream().map(Address::toString).collect(Collectors.joining(" ")),
                settings.firstByte().toMillis());
  }
}
