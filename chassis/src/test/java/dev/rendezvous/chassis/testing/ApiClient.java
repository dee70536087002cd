package dev.rendezvous.chassis.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls an HTTP API and holds each answer against its contract. */
public final class ApiClient {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;
  private final Contract contract;

  public ApiClient(int port, Contract contract) {
    this.base = "http://127.0.0.1:" + port;
    this.contract = contract;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Sends JSON. */
  public HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body, json(headers));
  }

  /** Sends JSON. */
  public HttpResponse<String> put(String path, String body, String... headers) {
    return send("PUT", path, body, json(headers));
  }

  public HttpResponse<String> delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /** Sends a request; {@code headers} are names and values in turn. */
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(15))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = exchange(request.build());
    contract.check(method, path.replaceAll("\\?.*", ""), response);
    return response;
  }

  /** The body of a path that is not part of the contract. */
  public String raw(String path) {
    return exchange(HttpRequest.newBuilder(URI.create(base + path)).build()).body();
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  /** The last segment of a problem's type, with its status, as in {@code "404 user-not-found"}. */
  public static String problem(HttpResponse<String> response) {
    var problem = json(response);
    return response.statusCode() + " " + problem.getString("type").replace("/problems/", "");
  }

  private static String[] json(String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return all;
  }
}
