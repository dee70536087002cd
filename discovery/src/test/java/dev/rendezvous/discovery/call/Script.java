package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An attempt that follows a script: one step a try. */
class Script implements Attempt<Integer> {
  static final Step REFUSED = failure(new ConnectException("refused"));

  static final Step LOST = failure(new HttpClosedException("Connection was closed"));

  /** What becomes of one try that may take so long. */
  interface Step {
    Future<Integer> take(Duration limit);
  }

  final List<Integer> ports = new ArrayList<>();
  final List<Duration> limits = new ArrayList<>();
  final List<Integer> discarded = new ArrayList<>();
  final List<Step> steps;
  boolean cancelled;

  Script(Step... steps) {
    this.steps = List.of(steps);
  }

  @Override
  public Future<Integer> send(ServiceInstance instance, Duration firstByteTimeout) {
    ports.add(instance.port());
    limits.add(firstByteTimeout);
    return steps.get(ports.size() - 1).take(firstByteTimeout);
  }

  @Override
  public Verdict judge(Integer status) {
    return Verdict.ofStatus(status);
  }

  @Override
  public void discard(Integer status) {
    discarded.add(status);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  static Step status(int status) {
    return limit -> Future.succeededFuture(status);
  }

  static Step failure(Throwable failure) {
    return limit -> Future.failedFuture(failure);
  }
}
