package dev.rendezvous.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends what the README's curl lines send. Tries nothing twice. */
final class Client {
  static {
    // The JDK's client would try a refused connect once more by itself, and hide it.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
  }

  /** Above every deadline of the services, so that their answer is seen and not our impatience. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  HttpResponse<String> get(String url) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
  }

  HttpResponse<String> post(String url, String json) throws IOException {
    return send(posting(url, json).build());
  }

  /** An order with an {@code Idempotency-Key}, so that it may be repeated on its way. */
  Load.Outcome order(String url, String json, String key, long sentAt) {
    try {
      HttpResponse<String> answer = send(posting(url, json).header("Idempotency-Key", key).build());
      return new Load.Outcome(sentAt, answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Load.Outcome(sentAt, 0, e.toString());
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  private static HttpRequest.Builder posting(String url, String json) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
