package dev.rendezvous.chassis.http;

import dev.rendezvous.chassis.problem.StandardProblems;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Sheds what comes while too much is in flight: a quick refusal is worth more than a late answer.
 * One for each event loop, so a plain counter does.
 */
final class LoadLimit implements Handler<RoutingContext> {
  private final int most;
  private int inFlight;

  LoadLimit(int most) {
    this.most = most;
  }

  @Override
  public void handle(RoutingContext context) {
    if (inFlight >= most) {
      context.fail(
          StandardProblems.OVERLOADED
              .because("too many requests are being worked on")
              .with("Retry-After", "1"));
      return;
    }
    inFlight++;
    context.addEndHandler(ended -> inFlight--);
    context.next();
  }
}
