package dev.rendezvous.chassis.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** What one method of one resource does; it fails with a problem, or with a defect. */
@FunctionalInterface
public interface Operation {
  Future<Answer> answer(RoutingContext context);
}
