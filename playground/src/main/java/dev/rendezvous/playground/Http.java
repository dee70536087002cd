package dev.rendezvous.playground;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Looks at a part over HTTP, as its users do; whatever goes wrong is no answer. */
final class Http {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /** The answer to a GET within a second. */
  Optional<HttpResponse<String>> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
  }

  /** The answer to a POST of JSON within three seconds: above the services' own deadline. */
  Optional<HttpResponse<String>> post(String url, String json) {
    return sendJson("POST", url, json);
  }

  /** The answer to a PUT of JSON within three seconds. */
  Optional<HttpResponse<String>> put(String url, String json) {
    return sendJson("PUT", url, json);
  }

  private Optional<HttpResponse<String>> sendJson(String method, String url, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE.multipliedBy(3))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      return Optional.of(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
