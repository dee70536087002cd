package dev.rendezvous.discovery.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Answers as no Consul can be made to: with an index that goes backwards, half, or in floods. */
public final class FakeConsul implements AutoCloseable {

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** One query, and when it came. */
  public record Asked(String uri, long nanos) {

    public String parameter(String name) {
      for (String pair : uri.substring(uri.indexOf('?') + 1).split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
      return "";
    }
  }

  /** {@code behaviour} gets each request with its number, from 1. */
  public FakeConsul(Vertx vertx, BiConsumer<HttpServerRequest, Integer> behaviour) {
    server =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      asked.add(new Asked(request.uri(), System.nanoTime()));
                      behaviour.accept(request, asked.size());
                    })
                .listen(0, "127.0.0.1"));
  }

  /** Answers with one instance at this port. */
  public static void answer(HttpServerRequest request, String index, int port) {
    respond(request, index).end(entries(port));
  }

  public static HttpServerResponse respond(HttpServerRequest request, String index) {
    return request.response().putHeader("X-Consul-Index", index);
  }

  public static String entries(int port) {
    return """
        [{"Node":{"Node":"n","Address":"127.0.0.1"},
          "Service":{"ID":"i","Service":"s","Address":"","Port":%d}}]"""
        .formatted(port);
  }

  public int port() {
    return server.actualPort();
  }

  public List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    Await.result(server.close());
  }
}
