package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendezvous.chassis.problem.ProblemType;
import dev.rendezvous.chassis.problem.StandardProblems;
import dev.rendezvous.discovery.call.CallFailure;
import dev.rendezvous.discovery.call.CallFailure.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "NO_INSTANCE, NO_INSTANCE, 503",
    "REFUSED, UPSTREAM_UNREACHABLE, 502",
    "CONNECT_TIMEOUT, UPSTREAM_UNREACHABLE, 502",
    "FIRST_BYTE_TIMEOUT, UPSTREAM_TIMEOUT, 504",
    "CONNECTION_LOST, UPSTREAM_BROKEN, 502",
    "DEADLINE, UPSTREAM_TIMEOUT, 504",
    "OVERLOADED, GATEWAY_OVERLOADED, 503",
    "CANCELLED, CLIENT_GONE, 499",
  })
  void eachCauseHasItsStatus(Cause cause, Failure failure, int status) {
    var call = new CallFailure(cause, "user-service", 1, null, null);
    assertThat(Failure.of(call)).isEqualTo(failure);
    assertThat(failure.status()).isEqualTo(status);
  }

  @Test
  void everyCauseOfACallIsMapped() {
    for (var cause : Cause.values()) {
      var call = new CallFailure(cause, "user-service", 1, null, null);
      assertThat(Failure.of(call)).isNotEqualTo(Failure.GATEWAY_ERROR);
    }
    assertThat(Failure.of(new IllegalStateException())).isEqualTo(Failure.GATEWAY_ERROR);
  }

  @Test
  void everyProblemIsInTheCatalogueAndNoServiceHasIt() throws Exception {
    var types =
        Arrays.stream(Failure.values())
            .map(Failure::problem)
            .filter(Objects::nonNull)
            .map(problem -> problem.type())
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(types).containsAll(GatewayProblems.all());
    types.removeAll(GatewayProblems.all());
    assertThat(types)
        .as("for what is not HTTP, the gateway says the same as a service")
        .containsExactlyInAnyOrder(
            StandardProblems.MALFORMED_REQUEST,
            StandardProblems.URI_TOO_LONG,
            StandardProblems.HEADERS_TOO_LARGE);
    assertThat(GatewayProblems.all())
        .extracting(ProblemType::slug)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(slugsOfServices());
  }

  private static List<String> slugsOfServices() throws IllegalAccessException {
    var slugs = new ArrayList<String>();
    for (var field : StandardProblems.class.getFields()) {
      slugs.add(((ProblemType) field.get(null)).slug());
    }
    return slugs;
  }

  @Test
  void askingAgainIsSuggestedWhereItHelps() {
    for (var failure : Failure.values()) {
      var problem = failure.problem();
      if (problem != null) {
        assertThat(problem.headers().containsKey("Retry-After"))
            .as(failure.name())
            .isEqualTo(failure.status() == 503 || failure.status() == 429);
      }
    }
  }
}
