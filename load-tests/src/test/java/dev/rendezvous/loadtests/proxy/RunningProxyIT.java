package dev.rendezvous.loadtests.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningProxyIT {
  private static final int MANY = 20_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer backend;

  static Stream<ProxyName> proxies() {
    return ProxyName.available().stream();
  }

  @BeforeEach
  void startTheBackend() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          var told = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
          var answer = (exchange.getRequestURI() + " " + told).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    backend.start();
  }

  @AfterEach
  void stopTheBackend() {
    backend.stop(0);
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void servesOnItsCoreAndLeavesNothingBehind(ProxyName name) throws Exception {
    var target = Address.local(backend.getAddress().getPort());
    var routes = List.of(new ProxyRoute("/", target), new ProxyRoute("/other", target));
    var proxy = RunningProxy.start(name, ProxySettings.inFrontOf(routes).onCore(0));
    var folder = proxy.folder();
    var processes = proxy.processIds();
    try (proxy) {
      assertThat(get(proxy, "/a?b=c")).isEqualTo("/a?b=c 127.0.0.1");
      assertThat(get(proxy, "/other/1")).isEqualTo("/other/1 127.0.0.1");
      for (var process : processes) {
        var status = Files.readString(Path.of("/proc/" + process + "/status"));
        assertThat(status).containsPattern("Cpus_allowed_list:\\s+0\n");
      }
      assertThat(requestsUntilTimeIsCounted(proxy)).isLessThan(MANY);
    }
    assertThat(folder).doesNotExist();
    assertThat(processes).allMatch(process -> ProcessHandle.of(process).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void tellsItsVersion(ProxyName name) {
    var java = Path.of(System.getProperty("java.home"));
    assertThat(name.version(java)).containsPattern("\\d+\\.\\d+");
  }

  /** Linux counts in steps of 10 ms, which a few requests need not take. */
  private int requestsUntilTimeIsCounted(RunningProxy proxy) throws Exception {
    var requests = 0;
    while (proxy.cpuTime().isZero() && requests < MANY) {
      get(proxy, "/" + requests++);
    }
    return requests;
  }

  private String get(RunningProxy proxy, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://" + proxy.address() + path)).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.body();
  }
}
