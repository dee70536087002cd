package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HAProxy: one process with one thread, in the foreground. */
final class HaproxyProgram implements Program {
  @Override
  public Command prepare(ProxySettings settings, Place place) throws IOException {
    var file = place.file("haproxy.cfg");
    Files.writeString(file, configuration(settings, place));
    return new Command(Executables.located(List.of("haproxy", "-db", "-f", file.toString())));
  }

  private static String configuration(ProxySettings settings, Place place) throws IOException {
    var longestFirst =
        settings.routes().stream()
            .sorted(Comparator.comparing((ProxyRoute route) -> -route.prefix().length()))
            .toList();
    return """
        global
          nbthread 1
          maxconn 8192
          log stdout format raw local0 info
        defaults
          mode http
          log global
          option forwardfor
          timeout connect 500ms
          timeout client 75s
          timeout http-request %1$dms
          timeout http-keep-alive 75s
          timeout server %2$dms
          timeout tunnel 5m
        frontend edge
          bind 127.0.0.1:%3$d backlog 4096
          %4$s
          http-request set-header X-Forwarded-Proto http unless { ssl_fc }
          http-request set-header X-Forwarded-Proto https if { ssl_fc }
          http-request set-header X-Forwarded-Host %%[req.hdr(host)]
          http-request deny deny_status 413 if { req.body_size gt %5$d }
          log-format '{"time":"%%tr","method":"%%HM","uri":"%%[capture.req.uri,json(utf8s)]","status":%%ST,"bytes":%%B,"milliseconds":%%Ta,"upstream":"%%si:%%sp","client":"%%ci"}'
        %6$s%7$s"""
        .formatted(
            settings.requestHead().toMillis(),
            settings.firstByte().toMillis(),
            place.port(),
            tls(settings, place),
            settings.bodyLimit(),
            longestFirst.stream().map(HaproxyProgram::rule).collect(Collectors.joining()),
            longestFirst.stream().map(HaproxyProgram::backend).collect(Collectors.joining()));
  }

  /** It wants certificate and key in one file. */
  private static String tls(ProxySettings settings, Place place) throws IOException {
    var certificate = settings.certificate();
    if (certificate == null) {
      return "";
    }
    var both = place.file("both.pem");
    Files.writeString(
        both, Files.readString(certificate.chain()) + Files.readString(certificate.key()));
    return "bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1".formatted(place.tlsPort(), both);
  }

  private static String rule(ProxyRoute route) {
    return route.coversAll()
        ? "  default_backend " + route.name() + "\n"
        : "  use_backend %1$s if { path %2$s } || { path_beg %2$s/ }\n"
            .formatted(route.name(), route.prefix());
  }

  /** A request goes to another server after a refused connect, as it does with the others. */
  private static String backend(ProxyRoute route) {
    var servers = route.backends();
    return "backend "
        + route.name()
        + "\n  option redispatch 1\n  retries 2\n"
        + IntStream.range(0, servers.size())
            .mapToObj(i -> "  server s%d %s%n".formatted(i, servers.get(i)))
            .collect(Collectors.joining());
  }
}
