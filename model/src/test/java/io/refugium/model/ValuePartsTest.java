package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuePartsTest {
  private static final long LIMIT = 1_000;

  @Test
  void everyOccurrenceCounts() {
    Value pair = ArrayValue.of(new LongValue(1), new LongValue(2));
    assertThat(ValueParts.count(new LongValue(1), LIMIT)).isEqualTo(1);
    assertThat(ValueParts.count(pair, LIMIT)).isEqualTo(3);
    assertThat(ValueParts.count(ArrayValue.of(pair, pair), LIMIT)).isEqualTo(7);
    assertThat(ValueParts.count(ObjectValue.of("a", pair), LIMIT)).isEqualTo(4);
    assertThat(ValueParts.count(new LambdaValue("4", new StringValue("x"), pair), LIMIT))
        .isEqualTo(4);
    assertThat(ValueParts.count(new StringValue("x".repeat(640)), LIMIT)).isEqualTo(11);
  }

  @Test
  void partsOfRuntimeValuesCount() {
    RuntimeValue page =
        new RuntimeValue() {
          @Override
          public List<Value> parts() {
            return List.of(new LongValue(1), new LongValue(2));
          }
        };
    assertThat(ValueParts.count(ArrayValue.of(page, page), LIMIT)).isEqualTo(7);
  }

  @Test
  void countingStopsAtTheLimit() {
    Value doubled = new LongValue(1);
    for (int i = 0; i < 60; i++) {
      doubled = ArrayValue.of(doubled, doubled);
    }
    assertThat(ValueParts.count(doubled, LIMIT)).isGreaterThan(LIMIT).isLessThan(2 * LIMIT);
  }

  @Test
  void whatIsStoredCountsByItsLength() {
    ObjectValue object =
        ObjectValue.of("a", new ArrayValue(List.of(new StringValue("x".repeat(6_400)))));
    ObjectValue stored = (ObjectValue) ValueCodec.decode(ValueCodec.encode(object, 0).bytes(), 0);
    assertThat(ValueParts.count(stored, LIMIT)).isBetween(100L, 110L);
    assertThat(ValueParts.count(stored.get("a"), LIMIT)).isBetween(100L, 110L);
  }
}
