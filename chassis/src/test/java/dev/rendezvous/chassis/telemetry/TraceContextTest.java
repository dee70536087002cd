package dev.rendezvous.chassis.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String VALID = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Test
  void continuesAValidTraceUnderASpanOfItsOwn() {
    var trace = TraceContext.of(VALID);
    assertThat(trace).isEqualTo(new TraceContext(TRACE, "01"));
    assertThat(trace.traceparent())
        .startsWith("00-" + TRACE + "-")
        .endsWith("-01")
        .doesNotContain("00f067aa0ba902b7")
        .hasSize(55);
  }

  @Test
  void takesWhatALaterVersionAppends() {
    assertThat(TraceContext.of("cc" + VALID.substring(2) + "-what-comes").traceId())
        .isEqualTo(TRACE);
  }

  @Test
  void beginsANewTraceForWhatIsNotValid() {
    for (var bad :
        List.of(
            "",
            VALID.toUpperCase(java.util.Locale.ROOT),
            "ff" + VALID.substring(2),
            VALID + "-more",
            "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
            "00-" + TRACE + "-" + "0".repeat(16) + "-01",
            VALID + "x".repeat(1_000))) {
      assertThat(TraceContext.of(bad).traceId())
          .as(bad)
          .isNotEqualTo(TRACE)
          .matches("[0-9a-f]{32}");
    }
    assertThat(TraceContext.of(null).traceId()).isNotEqualTo(TraceContext.of(null).traceId());
  }
}
