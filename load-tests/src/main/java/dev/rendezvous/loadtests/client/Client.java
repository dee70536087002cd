package dev.rendezvous.loadtests.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One HTTP client with a connection of its own; an error is an outcome as any other. */
public final class Client {

  /** Above every deadline of the services, so that their answer is seen and not our impatience. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** What a GET of this URL comes to. */
  public Outcome get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
  }

  /** A new user; keyed, so that it may be tried again. */
  public Outcome user(String users, String name, String key) {
    return post(users + "/users", "{\"name\":\"" + name + "\"}", key);
  }

  /** A new order; the same key again is the same order. */
  public Outcome order(String orders, long user, String item, String key) {
    String json = "{\"user_id\":" + user + ",\"item\":\"" + item + "\"}";
    return post(orders + "/orders", json, key);
  }

  /** A PUT of JSON, or of nothing. */
  public Outcome put(String url, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .PUT(BodyPublishers.ofString(json))
            .build());
  }

  private Outcome post(String url, String json, String key) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private Outcome send(HttpRequest request) {
    long start = System.nanoTime();
    int status = 0;
    boolean refused = false;
    String body;
    String link = "";
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      status = answer.statusCode();
      body = answer.body();
      link = answer.headers().firstValue("Link").orElse("");
    } catch (ConnectException e) {
      refused = true;
      body = e.toString();
    } catch (IOException e) {
      body = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      body = e.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String line = request.method() + " " + request.uri();
    return new Outcome(line, start, took, status, refused, body, link);
  }
}
