package io.refugium.fql10.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.QueryLog;
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
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is written from stored bytes is what is written of the values that were stored, and what a
 * generator of JSON makes of them.
 */
class ResultWriterTest {
  private static final long SCOPE = 42;
  private static final int SEEN = SystemCollections.FIRST_USER;
  private static final int UNSEEN = SEEN + 1;
  private static final long NOW = 1_700_000_000_123_456L;
  private static final Ref DOCUMENT = new Ref(SCOPE, SEEN, 7);

  @Property(tries = 1_000)
  void writesDocumentsAsTheirValuesSay(
      @ForAll("objects") ObjectValue contents, @ForAll ResultFormat format) {
    String fromBytes = json(DOCUMENT, format, stored(contents));

    assertThat(fromBytes).isEqualTo(json(DOCUMENT, format, contents));
    if (format != ResultFormat.DECORATED) {
      assertThat(fromBytes).isEqualTo(Oracle.document(contents, format));
    }
  }

  @Property(tries = 1_000)
  void writesPartsOfDocuments(@ForAll("values") Value part, @ForAll ResultFormat format) {
    Value stored = stored(ObjectValue.of("part", part)).get("part");
    ObjectValue none = ObjectValue.EMPTY;

    String fromBytes = json(new ArrayValue(List.of(stored, stored)), format, none);

    assertThat(fromBytes).isEqualTo(json(new ArrayValue(List.of(part, part)), format, none));
    if (format != ResultFormat.DECORATED && !hasRef(part)) {
      assertThat(json(stored, format, none)).isEqualTo(Oracle.value(part, format));
    }
  }

  @Test
  void writesWhatIsNotThere() {
    Ref unseen = new Ref(SCOPE, UNSEEN, 3);

    assertThat(json(unseen, ResultFormat.SIMPLE, ObjectValue.EMPTY)).isEqualTo("null");
    assertThat(json(unseen, ResultFormat.TAGGED, ObjectValue.EMPTY))
        .isEqualTo(
            "{'@ref':{'id':'3','coll':{'@mod':'C\\'\\\\'},'exists':false,'cause':'permission denied'}}"
                .replace("\\'", "\\\"")
                .replace('\'', '"'));
    assertThat(json(unseen, ResultFormat.DECORATED, ObjectValue.EMPTY))
        .isEqualTo("\"C\\\"\\\\(\\\"3\\\") /* permission denied */\"");
  }

  @Test
  void leavesTheTransactionTimeOpen() {
    ObjectValue contents = ObjectValue.of("t", TransactionTime.TIME);
    Value bare = new ArrayValue(List.of(TransactionTime.TIME));
    String time = "2023-11-14T22:13:20.123456Z";

    assertThat(json(bare, ResultFormat.SIMPLE, contents)).isEqualTo("[\"" + time + "\"]");
    assertThat(json(DOCUMENT, ResultFormat.TAGGED, contents))
        .isEqualTo("{\"@doc\":{\"id\":\"7\",\"t\":{\"@time\":\"" + time + "\"}}}");
    assertThat(json(bare, ResultFormat.DECORATED, contents))
        .isEqualTo("\"[\\n  Time(\\\"" + time + "\\\")\\n]\"");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsNestedTooDeeply(ResultFormat format) {
    Value fits = nested(Limits.MAX_RESULT_DEPTH);
    Value deeper = nested(Limits.MAX_RESULT_DEPTH + 1);

    assertThat(json(fits, format, ObjectValue.EMPTY)).contains("7");
    assertThatThrownBy(() -> json(deeper, format, ObjectValue.EMPTY))
        .isInstanceOf(QueryFailure.class)
        .hasMessageContaining("nested deeper");
  }

  private static Value nested(int levels) {
    Value value = new LongValue(7);
    for (int i = 0; i < levels; i++) {
      value = ArrayValue.of(value);
    }
    return value;
  }

  private static boolean hasRef(Value value) {
    return switch (value) {
      case Ref ignored -> true;
      case ArrayValue(List<Value> elements) -> elements.stream().anyMatch(e -> hasRef(e));
      case ObjectValue object -> object.names().stream().anyMatch(name -> hasRef(object.get(name)));
      default -> false;
    };
  }

  private static String json(Value value, ResultFormat format, ObjectValue contents) {
    QueryContext context = new QueryContext(environment(contents), null, new QueryLog());
    return new String(
        ResultWriter.write(context, value, format).toBytes(NOW), StandardCharsets.UTF_8);
  }

  private static ObjectValue stored(ObjectValue fields) {
    return ValueCodec.decodeObject(ValueCodec.encode(fields, SCOPE).bytes(), SCOPE);
  }

  /** Surroundings with one document; those of one collection may not be read. */
  private static Environment environment(ObjectValue contents) {
    Documents documents =
        proxy(
            Documents.class,
            (method, arguments) ->
                switch (method) {
                  case "foreignText" -> null;
                  case "missing" ->
                      ref(arguments[1]).collection() == UNSEEN ? NullCause.PERMISSION_DENIED : null;
                  case "reference" -> reference(ref(arguments[0]));
                  case "fields" ->
                      new Documents.Fields(
                          List.of(Map.entry("id", new IdValue(ref(arguments[1]).id()))), contents);
                  default -> throw new AssertionError(method);
                });
    return proxy(
        Environment.class,
        (method, arguments) -> {
          assertThat(method).isEqualTo("documents");
          return documents;
        });
  }

  private static Ref ref(Object document) {
    return document instanceof DocumentValue value ? value.ref() : (Ref) document;
  }

  private static Documents.Reference reference(Ref ref) {
    return ref.collection() == SystemCollections.FUNCTION
        ? new Documents.Reference("Function", true, "f\n" + ref.id())
        : new Documents.Reference("C\"\\", false, Long.toString(ref.id()));
  }

  private interface Answers {
    Object answer(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.answer(method.getName(), arguments)));
  }

  /** Results as a generator of JSON writes them. */
  private record Oracle(JsonGenerator json, boolean tagged) {

    static String document(ObjectValue contents, ResultFormat format) {
      return text(
          format,
          oracle -> {
            oracle.open("@doc");
            oracle.json.writeStartObject();
            oracle.json.writeStringProperty("id", "7");
            oracle.fields(contents);
            oracle.json.writeEndObject();
            oracle.close();
          });
    }

    static String value(Value value, ResultFormat format) {
      return text(format, oracle -> oracle.write(value));
    }

    private static String text(ResultFormat format, java.util.function.Consumer<Oracle> content) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (JsonGenerator json =
          new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
        content.accept(new Oracle(json, format == ResultFormat.TAGGED));
      }
      return out.toString(StandardCharsets.UTF_8);
    }

    private void fields(ObjectValue object) {
      object.forEach(
          field -> {
            json.writeName(wellFormed(field.getKey()));
            write(field.getValue());
          });
    }

    private void write(Value value) {
      switch (value) {
        case NullValue ignored -> json.writeNull();
        case BooleanValue truth -> json.writeBoolean(truth.value());
        case StringValue(String text) -> json.writeString(wellFormed(text));
        case LongValue(long number) when tagged ->
            text((int) number == number ? "@int" : "@long", Long.toString(number));
        case LongValue(long number) -> json.writeNumber(number);
        case DoubleValue(double number) when !tagged && Double.isFinite(number) ->
            json.writeNumber(number);
        case DoubleValue(double number) -> text("@double", Double.toString(number));
        case BytesValue(byte[] bytes) -> text("@bytes", Base64.getEncoder().encodeToString(bytes));
        case TimeValue(Instant time) -> text("@time", TimeText.format(time));
        case DateValue(LocalDate date) -> text("@date", date.toString());
        case UuidValue(UUID uuid) -> text("@uuid", uuid.toString());
        case LambdaValue ignored -> json.writeString("[function <lambda>]");
        case Ref ref -> reference(ResultWriterTest.reference(ref));
        case ArrayValue(List<Value> elements) -> {
          json.writeStartArray();
          elements.forEach(this::write);
          json.writeEndArray();
        }
        case ObjectValue object -> {
          boolean wrapped = object.names().stream().anyMatch(name -> name.startsWith("@"));
          if (wrapped) {
            open("@object");
          }
          json.writeStartObject();
          fields(object);
          json.writeEndObject();
          if (wrapped) {
            close();
          }
        }
        default -> throw new AssertionError(value);
      }
    }

    private void reference(Documents.Reference reference) {
      open("@ref");
      json.writeStartObject();
      json.writeStringProperty(reference.named() ? "name" : "id", reference.key());
      json.writeName("coll");
      text("@mod", reference.collection());
      json.writeEndObject();
      close();
    }

    private void text(String tag, String text) {
      open(tag);
      json.writeString(text);
      close();
    }

    private void open(String tag) {
      if (tagged) {
        json.writeStartObject();
        json.writeName(tag);
      }
    }

    private void close() {
      if (tagged) {
        json.writeEndObject();
      }
    }

    private static String wellFormed(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
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
                new DoubleValue(Double.NaN),
                new DoubleValue(Double.NEGATIVE_INFINITY)),
            Arbitraries.longs().map(LongValue::new),
            Arbitraries.doubles().map(DoubleValue::new),
            texts().map(StringValue::new),
            Combinators.combine(
                    Arbitraries.of(SEEN, UNSEEN, SystemCollections.FUNCTION), Arbitraries.longs())
                .as((collection, id) -> new Ref(SCOPE, collection, id))));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.of(
            "",
            "a",
            "@",
            "@ref",
            "\"",
            "\\",
            "\n",
            "\u0000",
            "\u001f",
            "\u007f",
            "é",
            "퟿",
            "\uFFFD",
            "😀",
            "\uD800",
            "\uDFFF",
            "\uD83D",
            "x",
            "END",
            "#{",
            "'",
            "`",
            "\t\r\b\f\u000b")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
