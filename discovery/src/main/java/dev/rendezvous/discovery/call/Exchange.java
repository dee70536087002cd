package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.call.CallFailure.Cause;
import dev.rendezvous.discovery.call.Ejection.Fault;
import dev.rendezvous.discovery.call.Picker.Pick;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: tries one after the other, never two at a time.
 *
 * <p>Which failure allows which further try is decided here and nowhere else.
 */
final class Exchange<R> {

  private final CallEngine engine;
  private final Call call;
  private final Attempt<R> attempt;
  private final Traffic traffic;
  private final Promise<Answer<R>> result = Promise.promise();
  private final long deadline;

  private List<Endpoint> tried = List.of();
  private int attempts;
  private boolean lostOnce;

  Exchange(CallEngine engine, Call call, Attempt<R> attempt) {
    this.engine = engine;
    this.call = call;
    this.attempt = attempt;
    this.traffic = engine.traffic(call.service());
    this.deadline = engine.now() + call.deadline().toNanos();
  }

  Future<Answer<R>> start() {
    traffic.budget.deposit();
    Pick first = engine.pick(call, tried);
    if (first == null) {
      fail(Cause.NO_INSTANCE, null, null);
    } else {
      send(first);
    }
    return result.future();
  }

  private void send(Pick pick) {
    long started = engine.now();
    long remaining = Math.max(1_000_000, deadline - started);
    attempts++;
    boolean bounded = call.retryable() && pick.anotherLeft() && attempts < call.tries();
    long limit = bounded ? Math.min(call.firstByte().toNanos(), remaining) : remaining;
    traffic.picks.increment();
    pick.target().endpoint().begin(started);
    Future<R> sent;
    try {
      sent = attempt.send(pick.target().instance(), Duration.ofNanos(limit));
    } catch (RuntimeException e) {
      ended(pick);
      result.fail(e); // a fault of the caller's own: nobody is to blame, nothing to repeat
      return;
    }
    sent.onComplete(
        ended -> {
          ended(pick);
          try {
            if (ended.succeeded()) {
              answered(pick, ended.result(), started);
            } else {
              failed(pick, ended.cause(), started, limit);
            }
          } catch (RuntimeException e) {
            result.tryFail(e);
          }
        });
  }

  private void ended(Pick pick) {
    pick.target().endpoint().end(engine.now());
    if (pick.trial()) {
      pick.target().endpoint().ejection.endTrial();
    }
  }

  private void answered(Pick pick, R answer, long started) {
    switch (attempt.judge(answer)) {
      case OK -> {
        engine.succeeded(call.service(), pick.target(), started);
        deliver(pick, answer);
      }
      case GATEWAY_ERROR -> {
        engine.failed(call.service(), pick.target(), Fault.GATEWAY_ERROR, started);
        Pick next = call.retryable() ? another(pick.target(), false) : null;
        if (next == null) {
          deliver(pick, answer);
        } else {
          traffic.gatewayErrorRetries.increment();
          attempt.discard(answer);
          send(next);
        }
      }
      case MISDIRECTED -> {
        // Another service lives there now. Its answer must never be taken for ours.
        engine.failed(call.service(), pick.target(), Fault.REFUSED, started);
        attempt.discard(answer);
        retryOrFail(pick, Cause.NO_INSTANCE, null, call.replayable(), false);
      }
    }
  }

  private void deliver(Pick pick, R answer) {
    result.complete(new Answer<>(answer, pick.target().instance(), attempts));
  }

  private void failed(Pick pick, Throwable failure, long started, long limit) {
    Cause cause = attempt.cancelled() ? Cause.CANCELLED : Faults.classify(failure);
    if (cause == null) {
      result.fail(failure);
      return;
    }
    switch (cause) {
      case REFUSED -> {
        engine.failed(call.service(), pick.target(), Fault.REFUSED, started);
        engine.refused(pick.target().instance());
        retryOrFail(pick, cause, failure, true, false);
      }
      case CONNECT_TIMEOUT -> {
        blameForTime(pick, started, limit, Call.CONNECT_TIMEOUT);
        retryOrFail(pick, cause, failure, true, false);
      }
      case FIRST_BYTE_TIMEOUT, DEADLINE -> {
        blameForTime(pick, started, limit, call.firstByte());
        retryOrFail(pick, Cause.FIRST_BYTE_TIMEOUT, failure, call.retryable(), false);
      }
      case CONNECTION_LOST -> {
        engine.failed(call.service(), pick.target(), Fault.GATEWAY_ERROR, started);
        boolean again = call.retryable() && !lostOnce;
        lostOnce = true;
        retryOrFail(pick, cause, failure, again, true);
      }
      // A refused stream has taken some of the body; a full queue has taken nothing.
      case OVERLOADED ->
          retryOrFail(
              pick,
              cause,
              failure,
              call.replayable() || !(failure instanceof StreamResetException),
              false);
      case CANCELLED, NO_INSTANCE -> fail(cause, pick, failure);
    }
  }

  /** A try that had less time than others have proves nothing about the instance. */
  private void blameForTime(Pick pick, long started, long limit, Duration fair) {
    if (limit >= fair.toNanos()) {
      engine.failed(call.service(), pick.target(), Fault.TIMEOUT, started);
    }
  }

  private void retryOrFail(
      Pick pick, Cause cause, @Nullable Throwable failure, boolean allowed, boolean sameAllowed) {
    Pick next = allowed ? another(pick.target(), sameAllowed) : null;
    if (next != null) {
      traffic.retried(cause);
      send(next);
      return;
    }
    boolean late = deadline - engine.now() <= 0 && cause != Cause.NO_INSTANCE;
    fail(late ? Cause.DEADLINE : cause, pick, failure);
  }

  /** The next to try: paid for by the budget, and in time; null when there is none. */
  private @Nullable Pick another(Target last, boolean sameAllowed) {
    if (attempts >= call.tries() || attempt.cancelled() || deadline - engine.now() <= 0) {
      return null;
    }
    List<Endpoint> before = tried;
    tried = new ArrayList<>(before);
    tried.add(last.endpoint());
    Pick next = engine.pick(call, tried);
    if (next == null && sameAllowed) {
      next = engine.pick(call, before);
    }
    if (next == null) {
      next = engine.lastResort(call, tried);
    }
    if (next != null && !traffic.budget.take()) {
      if (next.trial()) {
        next.target().endpoint().ejection.endTrial();
      }
      return null;
    }
    return next;
  }

  private void fail(Cause cause, @Nullable Pick pick, @Nullable Throwable failure) {
    result.fail(
        new CallFailure(
            cause,
            call.service(),
            attempts,
            pick == null ? null : pick.target().instance(),
            failure));
  }
}
