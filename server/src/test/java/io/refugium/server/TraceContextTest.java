package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which traces go on here, and what is told of them. */
class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @ValueSource(strings = {"00", "01", "02", "fe", "ff"})
  void continuesTheCallersTrace(String flags) {
    TraceContext trace = TraceContext.from("00-" + TRACE + "-" + SPAN + "-" + flags);
    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.parentId()).isEqualTo(SPAN);
    assertThat(trace.isContinued()).isTrue();
    assertThat(trace.isSampled()).isEqualTo(flags.equals("01") || flags.equals("ff"));
    assertThat(trace.header()).matches("00-" + TRACE + "-[0-9a-f]{16}-00").doesNotContain(SPAN);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "zz",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7a-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
      })
  void startsATraceOfItsOwnOtherwise(String traceparent) {
    TraceContext trace = TraceContext.from(traceparent);
    assertThat(trace.isContinued()).isFalse();
    assertThat(trace.isSampled()).isFalse();
    assertThat(trace.header()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00").doesNotContain(TRACE);
  }

  @Test
  void noTwoAreTheSame() {
    TraceContext one = TraceContext.from(null);
    TraceContext other = TraceContext.from(null);
    assertThat(one.traceId()).isNotEqualTo(other.traceId());
    assertThat(one.spanId()).isNotEqualTo(other.spanId());
  }
}
