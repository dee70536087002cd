package dev.rendezvous.playground.drills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP client with a connection of its own; an error is an outcome as any other. */
final class Client {

  /** Above every deadline of the services, so that their answer is seen and not our impatience. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Outcome get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
  }

  /** A new user; keyed, so that it may be tried again. */
  Outcome user(String users, String name) {
    return post(users + "/users", "{\"name\":\"" + name + "\"}", "user-" + name);
  }

  Outcome order(String orders, long user, String item, String key) {
    String json = "{\"user_id\":" + user + ",\"item\":\"" + item + "\"}";
    return post(orders + "/orders", json, key);
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
    String body;
    String link = "";
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      status = answer.statusCode();
      body = answer.body();
      link = answer.headers().firstValue("Link").orElse("");
    } catch (IOException e) {
      body = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      body = e.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Outcome(request.method() + " " + request.uri(), start, took, status, body, link);
  }

  /** The id of what an answer shows: the first in its JSON. */
  static long id(Outcome outcome) {
    Matcher matcher = ID.matcher(outcome.body());
    if (!matcher.find()) {
      throw new IllegalStateException("no id in " + outcome);
    }
    return Long.parseLong(matcher.group(1));
  }
}
