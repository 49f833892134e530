package io.refugium.fql10.encode;

import io.refugium.model.TimeValue;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What the two ways to write results as JSON have in common: what JSON has itself. */
abstract sealed class JsonWriter permits SimpleWriter, TaggedWriter {
  final JsonGenerator json;

  /** What the time of the transaction is written as. */
  final TimeValue time;

  JsonWriter(JsonGenerator json, TimeValue time) {
    this.json = json;
    this.time = time;
  }

  /** Writes a result. */
  abstract void write(Result result);

  final void array(List<Result> elements) {
    json.writeStartArray();
    elements.forEach(this::write);
    json.writeEndArray();
  }

  final void object(List<Map.Entry<String, Result>> fields) {
    json.writeStartObject();
    for (Map.Entry<String, Result> field : fields) {
      json.writeName(WellFormed.text(field.getKey()));
      write(field.getValue());
    }
    json.writeEndObject();
  }

  final void page(List<Result> data, String after) {
    json.writeStartObject();
    json.writeName("data");
    array(data);
    if (after != null) {
      json.writeStringProperty("after", after);
    }
    json.writeEndObject();
  }
}
