package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
  private static final int LIMIT = 1_000;

  private final JsonBuffer out =
      new JsonBuffer(LIMIT, () -> new IllegalArgumentException("too large"));

  @Test
  void takesAsMuchAsItMayAndNoMore() {
    out.raw("x".repeat(LIMIT - 2)).raw("yz");

    assertThat(out.toBytes()).hasSize(LIMIT);
    Stream.<Runnable>of(
            () -> out.raw('x'),
            () -> out.raw("x"),
            () -> out.string(""),
            () -> out.inside("é"),
            () -> out.number(1),
            () -> out.json(new byte[1]),
            () -> out.repeat(0, 1))
        .forEach(more -> assertThatThrownBy(more::run).hasMessage("too large"));
    assertThat(out.toBytes()).hasSize(LIMIT);
  }

  @Test
  void goesOnWithoutLimit() {
    out.raw("x".repeat(LIMIT)).unlimited().raw("x".repeat(LIMIT));

    assertThat(out.toBytes()).hasSize(2 * LIMIT);
  }

  @Test
  void fillsItsHoles() {
    out.raw('[').transactionMicros().raw(",\"").transactionTime().raw("\"]");

    assertThat(new String(out.toBytes(1_500_000), StandardCharsets.UTF_8))
        .isEqualTo("[1500000,\"1970-01-01T00:00:01.500Z\"]");
    assertThatThrownBy(out::toBytes).isInstanceOf(IllegalStateException.class);
  }
}
