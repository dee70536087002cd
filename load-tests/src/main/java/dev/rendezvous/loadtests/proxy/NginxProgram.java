package dev.rendezvous.loadtests.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** nginx: a master and one worker, in the foreground. */
final class NginxProgram implements Program {
  @Override
  public Command prepare(ProxySettings settings, Place place) throws IOException {
    var file = place.file("nginx.conf");
    Files.writeString(file, configuration(settings, place));
    return new Command(
        Executables.located(
            List.of(
                "nginx",
                "-e",
                place.file("error.log").toString(),
                "-p",
                place.folder().toString(),
                "-c",
                file.toString())));
  }

  /** Clear-text HTTP/2 takes its whole port in nginx before 1.25. */
  @Override
  public boolean sharesPort() {
    return false;
  }

  private static String configuration(ProxySettings settings, Place place) {
    var root = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    return root
        + """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log warn;
        events { worker_connections 16384; }
        http {
          log_format json escape=json
            '{"time":"$time_iso8601","method":"$request_method","uri":"$request_uri",'
            '"status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,'
            '"upstream":"$upstream_addr","client":"$remote_addr"}';
          access_log %1$s/access.log json;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          client_header_timeout %2$dms;
          client_max_body_size %3$d;
          large_client_header_buffers 4 8k;
          keepalive_timeout 75s;
          keepalive_requests 1000000000;
          proxy_http_version 1.1;
          proxy_connect_timeout 500ms;
          proxy_read_timeout %4$dms;
          %5$s
          map $http_upgrade $upgrade { ~*^websocket$ websocket; default ''; }
          map $http_upgrade $connection_upstream { ~*^websocket$ upgrade; default ''; }
        %6$s  server {
            listen 127.0.0.1:%7$d backlog=4096;
            listen 127.0.0.1:%8$d http2;
            %9$s
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header Upgrade $upgrade;
            proxy_set_header Connection $connection_upstream;
        %10$s  }
        }
        """
            .formatted(
                place.folder(),
                settings.requestHead().toMillis(),
                settings.bodyLimit(),
                settings.firstByte().toMillis(),
                settings.streaming() ? "proxy_buffering off; proxy_request_buffering off;" : "",
                settings.routes().stream()
                    .map(NginxProgram::upstream)
                    .collect(Collectors.joining()),
                place.port(),
                place.clearTextHttp2Port(),
                tls(settings, place),
                settings.routes().stream()
                    .map(NginxProgram::location)
                    .collect(Collectors.joining()));
  }

  private static String tls(ProxySettings settings, Place place) {
    var certificate = settings.certificate();
    return certificate == null
        ? ""
        : "listen 127.0.0.1:%d ssl http2; ssl_certificate %s; ssl_certificate_key %s;"
            .formatted(place.tlsPort(), certificate.chain(), certificate.key());
  }

  private static String upstream(ProxyRoute route) {
    var servers =
        route.backends().stream()
            .map(backend -> "server " + backend + ";")
            .collect(Collectors.joining(" "));
    return "  upstream %s { %s keepalive 128; keepalive_requests 1000000000; }%n"
        .formatted(route.name(), servers);
  }

  private static String location(ProxyRoute route) {
    var paths =
        route.coversAll() ? List.of("/") : List.of("= " + route.prefix(), route.prefix() + "/");
    return paths.stream()
        .map(path -> "    location %s { proxy_pass http://%s; }%n".formatted(path, route.name()))
        .collect(Collectors.joining());
  }
}
