package dev.rendezvous.loadtests.conformance;

import dev.rendezvous.loadtests.backend.ScriptedBackend;
import dev.rendezvous.loadtests.proxy.RunningProxy;
import dev.rendezvous.loadtests.wire.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Runs cases against one proxy, many at a time: most of them wait most of the time. */
public final class CaseRunner {
  private static final int AT_ONCE = 48;

  /** How long what must not happen is given to happen, in milliseconds. */
  private static final long SETTLE = 60;

  /** How long what must happen may take after the answers, such as the end of a connection. */
  private static final Duration AFTERMATH = Duration.ofSeconds(4);

  private final RunningProxy proxy;
  private final ScriptedBackend backend;

  /**
   * @param backend where the proxy's route {@code /} leads
   */
  public CaseRunner(RunningProxy proxy, ScriptedBackend backend) {
    this.proxy = proxy;
    this.backend = backend;
  }

  /** Runs all and says what came of each, by its id. */
  public Map<String, Verdict> run(List<ConformanceCase> cases) {
    var threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      var running = new LinkedHashMap<String, Future<Verdict>>();
      cases.forEach(one -> running.put(one.id(), threads.submit(() -> run(one))));
      var verdicts = new LinkedHashMap<String, Verdict>();
      for (var one : running.entrySet()) {
        verdicts.put(one.getKey(), one.getValue().get());
      }
      return verdicts;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs one. */
  public Verdict run(ConformanceCase one) {
    var script = one.script();
    if (script != null) {
      backend.script(one.id(), script);
    }
    var address = one.http2() ? proxy.clearTextHttp2() : proxy.address();
    var format = one.http2() ? RawClient.Format.HTTP_2 : RawClient.Format.HTTP_1;
    try (var client = new RawClient(address, format)) {
      var encounter = new Encounter(one, client, backend);
      for (var step : one.steps()) {
        step.perform(encounter);
      }
      client.awaitAnswers(one.answers(), one.patience());
      Encounter.pause(SETTLE);
      encounter.await(() -> unmet(one, encounter.observe()).isEmpty(), AFTERMATH);
      var seen = encounter.observe();
      var unmet = unmet(one, seen);
      return unmet.isEmpty()
          ? Verdict.PASSED
          : Verdict.failed("expected %s; %s".formatted(unmet, seen.summary()));
    } catch (IOException | RuntimeException e) {
      return Verdict.failed("the case broke off: " + e);
    }
  }

  private static String unmet(ConformanceCase one, Observation seen) {
    return one.expected().stream()
        .filter(expectation -> !expectation.isMetBy(seen))
        .map(Expectation::text)
        .collect(Collectors.joining(", "));
  }
}
