package dev.rendezvous.chassis.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.Map;

/** The resources of one HTTP API. */
public final class Api {
  /** Under this key a request carries the template of its path, for metrics and the log. */
  static final String ROUTE = "rendezvous.route";

  private final Vertx vertx;
  private final Router router;

  Api(Vertx vertx, Router router) {
    this.vertx = vertx;
    this.router = router;
  }

  /** A path whose segments may be parameters, such as {@code /users/:id}. */
  public Resource at(String path) {
    return new Resource(router, path);
  }

  /** Serves the contract of this API, a file on the class path, at {@code /openapi.yaml}. */
  public void contract(String file) {
    Buffer contract = vertx.fileSystem().readFileBlocking(file);
    // RFC 9512
    var answer = new Answer(200, Map.of("Content-Type", "application/yaml"), contract);
    at("/openapi.yaml").get(context -> Future.succeededFuture(answer));
  }
}
