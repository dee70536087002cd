package dev.rendezvous.loadtests.bench;

import dev.rendezvous.loadtests.proxy.Address;
import dev.rendezvous.loadtests.proxy.Executables;
import dev.rendezvous.loadtests.proxy.Ports;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** nginx with fixed JSON: the cheapest backend that one can have. */
final class NginxBackend implements Backend {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long POLL_MILLIS = 10;
  private static final long STOP_SECONDS = 5;

  private final Process process;
  private final Address address;
  private final String version;

  private NginxBackend(Process process, Address address, String version) {
    this.process = process;
    this.address = address;
    this.version = version;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param prefix what binds it to its cores
   * @param folder for its files; removed by the caller
   */
  static NginxBackend start(Path program, List<String> prefix, Path folder, long seed)
      throws IOException {
    for (Payload payload : Payload.values()) {
      Files.writeString(folder.resolve(String.valueOf(payload.bytes())), payload.json(seed));
    }
    Address address = Address.local(Ports.free());
    Path file = Files.writeString(folder.resolve("backend.conf"), configuration(folder, address));
    Path log = folder.resolve("backend.log");
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of(program.toString(), "-e", log.toString(), "-p", folder.toString()));
    line.addAll(List.of("-c", file.toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    String version = Executables.firstLine(List.of(program.toString(), "-v"));
    NginxBackend backend = new NginxBackend(process, address, version);
    try {
      backend.awaitServing(log);
      return backend;
    } catch (IOException notServing) {
      backend.close();
      throw notServing;
    }
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public String description() {
    return version;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitServing(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        new Socket(address.host(), address.port()).close();
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IOException("the backend does not serve: " + Files.readString(log), notYet);
        }
      }
      try {
        process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      }
    }
  }

  /**
   * A POST is answered when its whole body has come, as a service would: by itself nginx answers at
   * once and reads the body afterwards, so a second server stands behind the first.
   */
  private static String configuration(Path folder, Address address) {
    String root = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    return root
        + """
        daemon off;
        worker_processes 1;
        pid %1$s/backend.pid;
        error_log %1$s/backend.log warn;
        events { worker_connections 8192; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          open_file_cache max=16;
          open_file_cache_valid 1h;
          keepalive_requests 1000000000;
          client_max_body_size 0;
          client_body_buffer_size 2m;
          client_body_temp_path %1$s/backend-body;
          proxy_temp_path %1$s/backend-proxy;
          fastcgi_temp_path %1$s/backend-fastcgi;
          uwsgi_temp_path %1$s/backend-uwsgi;
          scgi_temp_path %1$s/backend-scgi;
          default_type application/json;
          upstream inner {
            server unix:%1$s/backend.sock;
            keepalive 128;
            keepalive_requests 1000000000;
          }
          server {
            listen %2$s backlog=4096;
            root %1$s;
            location = /64 { return 200 '%3$s'; }
            location = /10240 { }
            location = /1048576 { }
            location = /post {
              proxy_pass http://inner;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Content-Length "";
              proxy_pass_request_body off;
            }
          }
          server {
            listen unix:%1$s/backend.sock;
            return 200 '{"ok":true}';
          }
        }
        """
            .formatted(folder, address, "{\"id\":1,\"text\":\"" + "x".repeat(46) + "\"}");
  }
}
