package dev.rendezvous.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rendezvous.chassis.http.Answer;
import dev.rendezvous.chassis.http.ApiServer;
import dev.rendezvous.chassis.testing.Await;
import dev.rendezvous.chassis.testing.JavaProcess;
import dev.rendezvous.chassis.testing.Management;
import dev.rendezvous.chassis.testing.Ports;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process from its configuration to its exit code, as an operator sees it. */
class ServiceProcessIT {
  @TempDir Path folder;

  /** A service that answers {@code /slow} after a second, and is known as "sample". */
  static final class Sample {
    public static void main(String[] args) {
      ServiceProcess.launch(
          "sample", env -> ServerConfig.from(env, 5001, 9001), config -> config, Sample::start);
    }

    private static Future<?> start(ServiceProcess process, ServerConfig config) {
      var setup = process.api(config, "Receiver");
      return process.serve(() -> new Serving(setup), Future::succeededFuture);
    }
  }

  private static final class Serving extends VerticleBase {
    private final ApiServer.Setup setup;
    private ApiServer server;

    Serving(ApiServer.Setup setup) {
      this.setup = setup;
    }

    @Override
    public Future<?> start() {
      return ApiServer.listen(
              vertx,
              setup,
              api -> {
                api.at("/slow")
                    .get(
                        context -> {
                          System.out.println("slow has begun");
                          var answer = Promise.<Answer>promise();
                          vertx.setTimer(1_000, id -> answer.complete(Answer.ok(new JsonObject())));
                          return answer.future();
                        });
                api.at("/defect")
                    .get(
                        context -> {
                          throw new IllegalStateException("secret detail");
                        });
              })
          .onSuccess(started -> server = started);
    }

    @Override
    public Future<?> stop() {
      return server.shutdown(Duration.ofSeconds(5));
    }
  }

  @Test
  void finishesWhatIsInFlightWhenItIsToldToStop() throws Exception {
    int port = Ports.free();
    int management = Ports.free();
    try (var process = start(port, management, Map.of())) {
      awaitLive(management);
      var slow =
          HttpClient.newHttpClient().sendAsync(request(port, "/slow"), BodyHandlers.ofString());
      Await.until(
          "the request is being worked on",
          Duration.ofSeconds(5),
          () -> log().contains("slow has begun"));
      assertThat(process.stop()).isEqualTo(143);
      assertThat(slow.get().statusCode()).isEqualTo(200);
      assertThat(slow.get().headers().firstValue("Connection")).contains("close");
      assertThat(log()).contains("sample stops");
    }
  }

  @Test
  void answersADefectWithoutItsDetailAndLogsItUnderTheSameTrace() throws Exception {
    int port = Ports.free();
    int management = Ports.free();
    try (var process = start(port, management, Map.of())) {
      awaitLive(management);
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request(port, "/defect"), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("/problems/internal-error").doesNotContain("secret");
      var trace = new JsonObject(answer.body()).getString("trace_id");
      assertThat(Management.get(management, "/metrics").body())
          .contains("http_server_requests_seconds_count{method=\"GET\",route=\"/defect\"");
      process.stop();
      assertThat(log()).contains("secret detail").contains("\"trace_id\":\"" + trace + "\"");
    }
  }

  @Test
  void endsWithOneLineWhenItsPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0);
        var process = start(taken.getLocalPort(), Ports.free(), Map.of())) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(log()).contains("PORT=" + taken.getLocalPort() + " is in use\n");
    }
  }

  @Test
  void endsWithOneLineForEachVariableThatItRefuses() throws Exception {
    try (var process = start(70_000, 70_001, Map.of("LOG_FORMAT", "xml"))) {
      assertThat(process.awaitExit()).isEqualTo(2);
      assertThat(log().lines())
          .containsExactly(
              "PORT=70000 is refused; accepted is a whole number from 1 to 65535",
              "MANAGEMENT_PORT=70001 is refused; accepted is a whole number from 1 to 65535",
              "LOG_FORMAT=xml is refused; accepted is json or text");
    }
  }

  @Test
  void sendsItsSpansUnderTheTraceThatTheClientBegan() throws Exception {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var received = new ConcurrentLinkedQueue<String>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    int port = Ports.free();
    int management = Ports.free();
    var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (var process = start(port, management, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))) {
      awaitLive(management);
      var request =
          HttpRequest.newBuilder(request(port, "/nothing"), (name, value) -> true)
              .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
              .build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(new JsonObject(answer.body()).getString("trace_id")).isEqualTo(trace);
      process.stop();
      assertThat(received).anyMatch(spans -> spans.contains(trace));
    } finally {
      collector.stop(0);
    }
  }

  private JavaProcess start(int port, int management, Map<String, String> more) {
    var variables = new java.util.HashMap<>(more);
    variables.put("HOST", "127.0.0.1");
    variables.put("PORT", Integer.toString(port));
    variables.put("MANAGEMENT_PORT", Integer.toString(management));
    return JavaProcess.start(Sample.class.getName(), variables, folder.resolve("log"));
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  private static void awaitLive(int management) {
    Await.until(
        "live",
        Duration.ofSeconds(20),
        () -> {
          try {
            return Management.get(management, "/health/ready").statusCode() == 200;
          } catch (AssertionError notListeningYet) {
            return false;
          }
        });
  }
}
