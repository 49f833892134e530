package io.refugium.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Values of every storable kind, all in the scope {@link #SCOPE}, rich in edge cases. */
public final class ArbitraryValues implements ArbitraryProvider {
  static final long SCOPE = 4_815_162_342L;

  @Override
  public boolean canProvideFor(TypeUsage targetType) {
    return targetType.isOfType(Value.class);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
    return Set.of(values());
  }

  static Arbitrary<Value> values() {
    return values(3);
  }

  private static Arbitrary<Value> values(int depth) {
    if (depth == 0) {
      return scalars();
    }
    Arbitrary<Value> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(6, scalars()),
        net.jqwik.api.Tuple.of(1, inner.list().ofMaxSize(4).map(ArrayValue::new)),
        net.jqwik.api.Tuple.of(1, objects(inner)),
        net.jqwik.api.Tuple.of(
            1,
            Combinators.combine(Arbitraries.of("2.12", "4", "5"), inner, inner)
                .as(LambdaValue::new)));
  }

  private static Arbitrary<Value> objects(Arbitrary<Value> inner) {
    return Combinators.combine(
            strings().list().ofMaxSize(12).uniqueElements(), inner.list().ofSize(12))
        .as(
            (names, values) -> {
              LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                fields.put(names.get(i), values.get(i));
              }
              return ObjectValue.of(fields);
            });
  }

  static Arbitrary<Value> scalars() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of(
                NullValue.NULL,
                BooleanValue.TRUE,
                BooleanValue.FALSE,
                TransactionTime.TIME,
                TransactionTime.MICROS),
            longs().map(LongValue::new),
            doubles().map(DoubleValue::new),
            strings().map(StringValue::new),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(6).map(BytesValue::new),
            instants().map(TimeValue::new),
            Arbitraries.longs()
                .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
                .map(day -> new DateValue(LocalDate.ofEpochDay(day))),
            Combinators.combine(longs(), longs()).as((a, b) -> new UuidValue(new UUID(a, b))),
            refs()));
  }

  static Arbitrary<Ref> refs() {
    return Combinators.combine(Arbitraries.integers().between(0, 70_000), longs())
        .as((collection, id) -> new Ref(SCOPE, collection, id));
  }

  static Arbitrary<Long> longs() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.longs().between(-300, 300),
        Arbitraries.of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1L << 53,
            (1L << 53) + 1,
            (1L << 53) - 1,
            -(1L << 53) - 1,
            9_007_199_254_740_993L));
  }

  static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(),
        Arbitraries.integers().between(-300, 300).map(i -> (double) i),
        Arbitraries.of(
            0.0,
            -0.0,
            Double.NaN,
            Double.longBitsToDouble(0xFFF8_0000_0000_0001L),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            0x1p53,
            0x1p63,
            -0x1p63,
            0.5));
  }

  static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("abAB z-_19").ofMaxLength(4),
        Arbitraries.strings().ascii().ofMaxLength(5),
        Arbitraries.strings().withChars("aAeéèêßs\u0301\u030aÅ中ж😀\0").ofMaxLength(4),
        Arbitraries.strings().all().ofMaxLength(5));
  }

  static Arbitrary<Instant> instants() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(micros -> TimeValue.ofMicros(micros).value()),
        Combinators.combine(
                Arbitraries.longs()
                    .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond),
        Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH));
  }
}
