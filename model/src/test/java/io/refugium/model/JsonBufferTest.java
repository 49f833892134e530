package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
  private static final int LIMIT = 1_000;

  private final JsonBuffer out = empty();

  private static JsonBuffer empty() {
    return new JsonBuffer(LIMIT, () -> new IllegalArgumentException("too large"));
  }

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

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        99,
        100,
        -1,
        -9,
        -10,
        999_999_999_999_999_999L,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
      })
  void writesNumbersAsJavaDoes(long number) {
    assertThat(empty().number(number).toString()).isEqualTo(Long.toString(number));
  }

  @Property
  void writesAnyNumberAsJavaDoes(@ForAll long number) {
    writesNumbersAsJavaDoes(number);
  }

  /** Wherever in the text the character stands that is not to be copied as it is. */
  @Property
  void writesStoredTextsLikeAnyOther(
      @ForAll("texts") String text, @ForAll @IntRange(max = 9) int offset) {
    byte[] stored = Utf8.encode(" ".repeat(offset) + text + "\"\n");
    int size = stored.length - offset - 2;

    assertThat(empty().string(stored, offset, size).toString())
        .isEqualTo(empty().string(text).toString());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.chars().range(' ', '~')),
            Tuple.of(1, Arbitraries.of('"', '\\', '\n', '\0', '\u001f', '\u007f')),
            Tuple.of(1, Arbitraries.of('é', '\u00ff', '€', '\ud7ff', '\ue000')),
            Tuple.of(1, Arbitraries.of('\ud83d', '\ude00')))
        .list()
        .ofMaxSize(40)
        .map(
            chars -> {
              StringBuilder text = new StringBuilder();
              chars.forEach(text::append);
              return text.toString();
            });
  }
}
