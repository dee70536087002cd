package dev.rendezvous.chassis.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A process's management port, as an operator sees it. */
public final class Management {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Management() {}

  /** How long it took until the process was ready; it has 20 s. */
  public static Duration awaitReady(int port) {
    return Await.until(
        "ready", Duration.ofSeconds(20), () -> get(port, "/health/ready").statusCode() == 200);
  }

  public static HttpResponse<String> get(int port, String path) {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("the management port does not answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
