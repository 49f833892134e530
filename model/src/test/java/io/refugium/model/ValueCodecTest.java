package io.refugium.model;

import static io.refugium.model.ArbitraryValues.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
  private static final long COMMIT = 1_700_000_000_123_456L;

  @Property
  void whatWasWrittenIsRead(@ForAll Value value) {
    assertThat(ValueCodec.decode(ValueCodec.encode(value, SCOPE).at(COMMIT), SCOPE))
        .isEqualTo(TransactionTime.resolve(value, COMMIT));
  }

  @Property
  void partsAreTheSameInAnyOrderOfReading(@ForAll Value any) {
    Value value = TransactionTime.resolve(any, COMMIT);
    Value lazy = ValueCodec.decode(ValueCodec.encode(value, SCOPE).bytes(), SCOPE);
    if (value instanceof ObjectValue eager && lazy instanceof ObjectValue object) {
      List<String> names = new ArrayList<>(eager.names());
      for (String name : names.reversed()) {
        assertThat(object.get(name)).isEqualTo(eager.get(name));
      }
      assertThat(object.names()).isEqualTo(eager.names());
      assertThat(object.hashCode()).isEqualTo(eager.hashCode());
    }
    assertThat(lazy.hashCode()).isEqualTo(value.hashCode());
  }

  @Property
  void changingAPartOfAStoredObjectIsLikeChangingItInMemory(
      @ForAll Value one, @ForAll Value another, @ForAll String name) {
    Value part = TransactionTime.resolve(one, COMMIT);
    Value other = TransactionTime.resolve(another, COMMIT);
    ObjectValue eager = ObjectValue.builder().put("a", part).put("b", other).build();
    ObjectValue lazy = ValueCodec.decodeObject(ValueCodec.encode(eager, SCOPE).bytes(), SCOPE);
    assertThat(encoded(lazy.with(name, other))).isEqualTo(encoded(eager.with(name, other)));
    assertThat(encoded(lazy.without("a"))).isEqualTo(encoded(eager.without("a")));
    assertThat(encoded(lazy)).isEqualTo(encoded(eager));
  }

  @Property
  void onlyTransactionTimesWaitForTheCommit(@ForAll Value value) {
    assertThat(ValueCodec.encode(value, SCOPE).needsCommitTime())
        .isEqualTo(!TransactionTime.resolve(value, COMMIT).equals(value));
  }

  @Property
  void damagedBytesAreRefused(
      @ForAll Value value, @ForAll int place, @ForAll byte damage, @ForAll int length) {
    byte[] bytes = ValueCodec.encode(value, SCOPE).bytes();
    bytes[Math.floorMod(place, bytes.length)] = damage;
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - Math.floorMod(length, 2));
    try {
      assertThat(ValueCodec.decode(cut, SCOPE).toString()).isNotNull();
    } catch (CodecException e) {
      assertThat(e.reason()).isEqualTo(CodecException.Reason.MALFORMED);
    }
  }

  @Test
  void integersAndDoublesStayApart() {
    assertThat(roundTrip(new LongValue(1))).isEqualTo(new LongValue(1));
    assertThat(roundTrip(new DoubleValue(1))).isEqualTo(new DoubleValue(1));
    assertThat(roundTrip(new DoubleValue(-0.0))).isNotEqualTo(new DoubleValue(0.0));
  }

  @Test
  void referencesTakeTheScopeOfTheirDocument() {
    byte[] bytes = ValueCodec.encode(new Ref(7, 1024, 5), 7).bytes();
    assertThat(ValueCodec.decode(bytes, 8)).isEqualTo(new Ref(8, 1024, 5));
  }

  @Test
  void referencesToOtherDatabasesAreRefused() {
    assertRefused(
        ArrayValue.of(new Ref(SCOPE + 1, 1024, 5)), CodecException.Reason.FOREIGN_REFERENCE);
    ObjectValue stored =
        ValueCodec.decodeObject(encoded(ObjectValue.of("r", new Ref(SCOPE, 1024, 5))), SCOPE);
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> ValueCodec.encode(stored, SCOPE + 1))
        .extracting(CodecException::reason)
        .isEqualTo(CodecException.Reason.FOREIGN_REFERENCE);
  }

  @Test
  void valuesOfARunningQueryAreRefused() {
    assertRefused(ArrayValue.of(new RuntimeValue() {}), CodecException.Reason.NOT_STORABLE);
  }

  @Test
  void nestingHasALimit() {
    assertThat(roundTrip(nested(ValueCodec.MAX_DEPTH))).isEqualTo(nested(ValueCodec.MAX_DEPTH));
    assertRefused(nested(ValueCodec.MAX_DEPTH + 1), CodecException.Reason.TOO_DEEP);
  }

  @Test
  void sizeHasALimit() {
    assertRefused(new BytesValue(new byte[ValueCodec.MAX_BYTES]), CodecException.Reason.TOO_LARGE);
    Value large = new BytesValue(new byte[ValueCodec.MAX_BYTES - 16]);
    assertThat(roundTrip(large)).isEqualTo(large);
  }

  @Test
  void manyFieldsAreFound() {
    ObjectValue.Builder builder = ObjectValue.builder();
    for (int i = 0; i < 10_000; i++) {
      builder.put("field" + i, new LongValue(i));
    }
    ObjectValue object = (ObjectValue) roundTrip(builder.build());
    assertThat(object.get("field7777")).isEqualTo(new LongValue(7777));
    assertThat(object.get("field10000")).isNull();
  }

  private static Value nested(int depth) {
    Value value = NullValue.NULL;
    for (int i = 0; i < depth; i++) {
      value = ArrayValue.of(value);
    }
    return value;
  }

  private static void assertRefused(Value value, CodecException.Reason reason) {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> ValueCodec.encode(value, SCOPE))
        .extracting(CodecException::reason)
        .isEqualTo(reason);
  }

  private static Value roundTrip(Value value) {
    return ValueCodec.decode(encoded(value), SCOPE);
  }

  private static byte[] encoded(Value value) {
    return ValueCodec.encode(value, SCOPE).bytes();
  }
}
