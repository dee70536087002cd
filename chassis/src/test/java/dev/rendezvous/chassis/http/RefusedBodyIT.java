package dev.rendezvous.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.health.Drain;
import dev.rendezvous.chassis.telemetry.LogFormat;
import dev.rendezvous.chassis.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refusal that comes while its client is still sending. */
class RefusedBodyIT {
  private static final int TRIES = 200;

  private final Vertx vertx = Vertx.vertx();
  private final Telemetry telemetry =
      Telemetry.start("sample", new Telemetry.Config(LogFormat.TEXT, null));
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    var setup = new ApiServer.Setup("sample", "127.0.0.1", 0, "Receiver", telemetry, new Drain());
    server =
        ApiServer.listen(
                vertx,
                setup,
                api ->
                    api.at("/things")
                        .post(context -> Future.succeededFuture(Answer.ok(new JsonObject()))))
            .await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    telemetry.close();
  }

  /** Each on a connection of its own: whether an early close destroys the answer is a race. */
  @Test
  void reachesItsClientEveryTime() throws Exception {
    for (var i = 0; i < TRIES; i++) {
      var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      var answer = client.send(upload(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("/problems/body-too-large");
      assertThat(answer.headers().firstValue("Connection")).contains("close");
    }
  }

  private HttpRequest upload() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/things"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(ApiServer.BODY_LIMIT + 1)))
        .build();
  }
}
