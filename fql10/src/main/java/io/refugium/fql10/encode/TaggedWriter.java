package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes results as JSON in which a tag says the type of every value that JSON has no type for. */
final class TaggedWriter extends JsonWriter {
  TaggedWriter(JsonGenerator json, TimeValue time) {
    super(json, time);
  }

  @Override
  void write(Result result) {
    switch (result) {
      case Result.Scalar(Value value) -> scalar(value);
      case Result.Null() -> json.writeNull();
      case Result.Array(List<Result> elements) -> array(elements);
      case Result.Struct(List<Map.Entry<String, Result>> fields) -> struct(fields);
      case Result.LiveDocument(List<Map.Entry<String, Result>> fields) ->
          tagged("@doc", () -> object(fields));
      case Result.NestedReference(Documents.Reference document) -> reference(document, null);
      case Result.MissingDocument(Documents.Reference document, String cause) ->
          reference(document, cause);
      case Result.ModuleName module -> module(module.lastName());
      case Result.PageOfSet(List<Result> data, String after) ->
          tagged("@set", () -> page(data, after));
      case Result.SetToken(String token) -> tagged("@set", token);
      case Result.EventSourceToken(String token) -> tagged("@stream", token);
      case Result.CursorText(String text) -> json.writeString(text);
      case Result.FunctionText(String described) -> json.writeString(described);
    }
  }

  private void scalar(Value value) {
    switch (value) {
      case LongValue(long number) ->
          tagged((int) number == number ? "@int" : "@long", Long.toString(number));
      case NarrowLong(long number) -> tagged("@long", Long.toString(number));
      case DoubleValue(double number) -> tagged("@double", Double.toString(number));
      case StringValue(String text) -> json.writeString(WellFormed.text(text));
      case BooleanValue truth -> json.writeBoolean(truth.value());
      case BytesValue(byte[] bytes) -> tagged("@bytes", Base64.getEncoder().encodeToString(bytes));
      case TimeValue point -> tagged("@time", TimeText.format(point.value()));
      case TransactionTime ignored -> tagged("@time", TimeText.format(time.value()));
      case DateValue date -> tagged("@date", TimeText.format(date.value()));
      case UuidValue uuid -> tagged("@uuid", uuid.value().toString());
      default -> throw new IllegalStateException("not a scalar: " + value.getClass());
    }
  }

  private void struct(List<Map.Entry<String, Result>> fields) {
    if (hasTagName(fields)) {
      tagged("@object", () -> object(fields));
    } else {
      object(fields);
    }
  }

  private static boolean hasTagName(List<Map.Entry<String, Result>> fields) {
    for (Map.Entry<String, Result> field : fields) {
      if (field.getKey().startsWith("@")) {
        return true;
      }
    }
    return false;
  }

  private void reference(Documents.Reference document, String cause) {
    tagged(
        "@ref",
        () -> {
          json.writeStartObject();
          json.writeStringProperty(document.named() ? "name" : "id", document.key());
          json.writeName("coll");
          module(document.collection());
          if (cause != null) {
            json.writeBooleanProperty("exists", false);
            json.writeStringProperty("cause", cause);
          }
          json.writeEndObject();
        });
  }

  private void module(String name) {
    tagged("@mod", name);
  }

  private void tagged(String tag, String content) {
    json.writeStartObject();
    json.writeStringProperty(tag, content);
    json.writeEndObject();
  }

  private void tagged(String tag, Runnable content) {
    json.writeStartObject();
    json.writeName(tag);
    content.run();
    json.writeEndObject();
  }
}
