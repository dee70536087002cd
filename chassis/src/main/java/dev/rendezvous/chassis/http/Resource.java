package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One path and the methods that it offers; any other method is answered with 405 and {@code Allow}.
 */
public final class Resource {
  private final Map<HttpMethod, Operation> operations = new LinkedHashMap<>();
  private final String path;

  Resource(Router router, String path) {
    this.path = path;
    router.route(path).handler(this::handle);
  }

  /** Answers {@code HEAD} as well; the server leaves the body out (RFC 9110 section 9.3.2). */
  public Resource get(Operation operation) {
    operations.put(HttpMethod.GET, operation);
    operations.put(HttpMethod.HEAD, operation);
    return this;
  }

  public Resource post(Operation operation) {
    operations.put(HttpMethod.POST, operation);
    return this;
  }

  public Resource put(Operation operation) {
    operations.put(HttpMethod.PUT, operation);
    return this;
  }

  public Resource delete(Operation operation) {
    operations.put(HttpMethod.DELETE, operation);
    return this;
  }

  private void handle(RoutingContext context) {
    context.put(Api.ROUTE, path);
    var operation = operations.get(context.request().method());
    if (operation == null) {
      var allow =
          operations.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
      var detail = context.request().method() + " is not offered here";
      context.fail(StandardProblems.METHOD_NOT_ALLOWED.because(detail).with("Allow", allow));
      return;
    }
    run(operation, context)
        .onSuccess(answer -> Responses.write(context, answer))
        .onFailure(context::fail);
  }

  private static Future<Answer> run(Operation operation, RoutingContext context) {
    try {
      return operation.answer(context);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
