package io.refugium.fql4.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.EmptySchema;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** What is written from stored bytes is what is written of the values that were stored. */
class StoredWriterTest {
  private static final long SCOPE = 42;
  private static final int FIRST = SystemCollections.FIRST_USER;

  /** Two collections that exist; the others are gone. */
  private static final Names NAMES =
      new EmptySchema() {
        private final Map<Long, String> collections =
            Map.of((long) FIRST, "one", (long) FIRST + 1, "an\"other");

        @Override
        public String nameOf(Ref schemaObject) {
          return collections.get(schemaObject.id());
        }

        @Override
        public long scope() {
          return SCOPE;
        }
      };

  @Property(tries = 2_000)
  void writesWhatTheValuesSay(
      @ForAll("objects") ObjectValue fields, @ForAll("versions") ApiVersion version) {
    ObjectValue stored = stored(fields);
    Ref ref = new Ref(SCOPE, FIRST, 7);

    assertThat(json(stored, version)).isEqualTo(json(fields, version));
    assertThat(json(new VersionValue(ref, new LongValue(1), stored, false), version))
        .isEqualTo(json(new VersionValue(ref, new LongValue(1), fields, false), version));
  }

  @Property
  void writesPartsOfWhatIsStored(@ForAll("values") Value part) {
    Value stored = stored(ObjectValue.of("part", part)).get("part");

    assertThat(json(new ArrayValue(List.of(stored, stored)), ApiVersion.DEFAULT))
        .isEqualTo(json(new ArrayValue(List.of(part, part)), ApiVersion.DEFAULT));
  }

  @Test
  void leavesOutRefsIntoCollectionsThatAreGone() {
    Ref live = new Ref(SCOPE, FIRST, 1);
    Ref gone = new Ref(SCOPE, FIRST + 2, 2);
    ObjectValue.Builder fields = ObjectValue.builder();
    fields.put("a", gone).put("b", live).put("c", gone).put("d", live);
    fields.put("e", ArrayValue.of(gone, live, gone, live));

    assertThat(json(stored(fields.build()), ApiVersion.DEFAULT))
        .isEqualTo(
            "{'b':REF,'d':REF,'e':[REF,REF]}"
                .replace(
                    "REF",
                    "{'@ref':{'id':'1','collection':{'@ref':{'id':'one','collection':{'@ref':{'id':'collections'}}}}}}")
                .replace('\'', '"'));
  }

  @Test
  void escapesWhatJsonEscapes() {
    ObjectValue text = ObjectValue.of("t", new StringValue("a\"\\\b\t\n\f\r\u0001é퟿😀\uD83Dz"));

    assertThat(json(stored(text), ApiVersion.DEFAULT))
        .isEqualTo("{\"t\":\"a\\\"\\\\\\b\\t\\n\\f\\r\\u0001é퟿😀?z\"}");
  }

  private static String json(Value value, ApiVersion version) {
    return ValueWriter.toJson(value, NAMES, version);
  }

  private static ObjectValue stored(ObjectValue fields) {
    return ValueCodec.decodeObject(ValueCodec.encode(fields, SCOPE).bytes(), SCOPE);
  }

  @Provide
  Arbitrary<ApiVersion> versions() {
    return Arbitraries.of(ApiVersion.values());
  }

  @Provide
  Arbitrary<Value> values() {
    return values(3);
  }

  @Provide
  Arbitrary<ObjectValue> objects() {
    return objects(values(2));
  }

  private static Arbitrary<Value> values(int depth) {
    if (depth == 0) {
      return scalars();
    }
    Arbitrary<Value> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalars()),
        Tuple.of(1, inner.list().ofMaxSize(4).map(ArrayValue::new)),
        Tuple.of(1, objects(inner).map(object -> object)));
  }

  private static Arbitrary<ObjectValue> objects(Arbitrary<Value> inner) {
    return Combinators.combine(texts().list().ofMaxSize(5).uniqueElements(), inner.list().ofSize(5))
        .as(
            (names, values) -> {
              Map<String, Value> fields = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                fields.put(names.get(i), values.get(i));
              }
              return ObjectValue.of(fields);
            });
  }

  private static Arbitrary<Value> scalars() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of(
                NullValue.NULL,
                BooleanValue.TRUE,
                BooleanValue.FALSE,
                new BytesValue(new byte[] {1, 2}),
                new TimeValue(Instant.parse("2020-01-02T03:04:05.678901234Z")),
                TimeValue.ofMicros(5),
                new DateValue(LocalDate.EPOCH),
                new UuidValue(new UUID(1, 2)),
                new LambdaValue("4", new StringValue("x"), ObjectValue.of("var", new LongValue(1))),
                new DoubleValue(Double.NaN)),
            Arbitraries.longs().map(LongValue::new),
            Arbitraries.doubles().map(DoubleValue::new),
            texts().map(StringValue::new),
            Combinators.combine(
                    Arbitraries.of(FIRST, FIRST + 1, FIRST + 2, SystemCollections.TOKEN),
                    Arbitraries.longs())
                .as((collection, id) -> new Ref(SCOPE, collection, id))));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.of(
            "", "a", "@", "@ref", "\"", "\\", "\n", "\u0000", "\u007f", "é", "퟿", "\uFFFD", "😀",
            "\uD800", "\uDFFF", "\uD83D", "x")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
