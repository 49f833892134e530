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

/** Writes results as plain JSON. */
final class SimpleWriter extends JsonWriter {
  SimpleWriter(JsonGenerator json, TimeValue time) {
    super(json, time);
  }

  @Override
  void write(Result result) {
    switch (result) {
      case Result.Scalar(Value value) -> scalar(value);
      case Result.Null() -> json.writeNull();
      case Result.Array(List<Result> elements) -> array(elements);
      case Result.Struct(List<Map.Entry<String, Result>> fields) -> object(fields);
      case Result.LiveDocument(List<Map.Entry<String, Result>> fields) -> object(fields);
      case Result.NestedReference(Documents.Reference document) -> reference(document);
      case Result.MissingDocument ignored -> json.writeNull();
      case Result.ModuleName module -> json.writeString(module.lastName());
      case Result.PageOfSet(List<Result> data, String after) -> page(data, after);
      case Result.SetToken(String token) -> json.writeString(token);
      case Result.EventSourceToken(String token) -> json.writeString(token);
      case Result.CursorText(String text) -> json.writeString(text);
      case Result.FunctionText(String described) -> json.writeString(described);
    }
  }

  private void scalar(Value value) {
    switch (value) {
      case LongValue(long number) -> json.writeNumber(number);
      case NarrowLong(long number) -> json.writeNumber(number);
      case DoubleValue(double number) when Double.isFinite(number) ->
          json.writeRawValue(Double.toString(number));
      case DoubleValue(double number) -> json.writeString(Double.toString(number));
      case StringValue(String text) -> json.writeString(WellFormed.text(text));
      case BooleanValue truth -> json.writeBoolean(truth.value());
      case BytesValue(byte[] bytes) -> json.writeString(Base64.getEncoder().encodeToString(bytes));
      case TimeValue point -> json.writeString(TimeText.format(point.value()));
      case TransactionTime ignored -> json.writeString(TimeText.format(time.value()));
      case DateValue date -> json.writeString(TimeText.format(date.value()));
      case UuidValue uuid -> json.writeString(uuid.value().toString());
      default -> throw new IllegalStateException("not a scalar: " + value.getClass());
    }
  }

  private void reference(Documents.Reference document) {
    json.writeStartObject();
    json.writeStringProperty(document.named() ? "name" : "id", document.key());
    json.writeStringProperty("coll", document.collection());
    json.writeEndObject();
  }
}
