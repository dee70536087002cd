package dev.rendezvous.chassis.http;

import io.vertx.ext.web.RoutingContext;

/** Writes answers; does nothing where the client has gone or was answered already. */
final class Responses {
  private Responses() {}

  static void write(RoutingContext context, Answer answer) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (answer.body() == null) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }
}
