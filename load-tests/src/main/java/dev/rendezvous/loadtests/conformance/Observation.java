package dev.rendezvous.loadtests.conformance;

import dev.rendezvous.loadtests.backend.ReceivedRequest;
import dev.rendezvous.loadtests.wire.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What both sides have seen.
 *
 * @param answers of the proxy, interim ones included
 * @param received the same as it came
 * @param closed whether the proxy has ended the connection
 * @param upstream the requests that reached the service
 * @param elapsed since the client connected
 */
public record Observation(
    List<Answer> answers,
    String received,
    boolean closed,
    List<ReceivedRequest> upstream,
    Duration elapsed) {

  /** The answers that are none on the way to one. */
  public List<Answer> finals() {
    return answers.stream().filter(answer -> !answer.isInterim()).toList();
  }

  /** The first final answer. */
  public Optional<Answer> answer() {
    return finals().stream().findFirst();
  }

  /** The first request that reached the service. */
  public Optional<ReceivedRequest> request() {
    return upstream.stream().findFirst();
  }

  /** In a line, for whoever asks why a case failed. */
  public String summary() {
    var client =
        answers.stream()
            .map(answer -> answer.status() + (answer.complete() ? "" : " incomplete"))
            .collect(Collectors.joining(", "));
    var service =
        upstream.stream()
            .map(request -> request.line() + " …" + request.body().length() + " B")
            .collect(Collectors.joining(", "));
    return "client: %s%s; service: %s"
        .formatted(
            client.isEmpty() ? "nothing" : client,
            closed ? ", closed" : ", open",
            service.isEmpty() ? "nothing" : service);
  }
}
