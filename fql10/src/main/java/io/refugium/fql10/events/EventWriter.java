package io.refugium.fql10.events;

import io.refugium.fql10.encode.ResultFormat;
import io.refugium.model.TimeValue;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes events as JSON; values always in the tagged format. */
final class EventWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private EventWriter() {}

  /** One event as a line of a stream. */
  static byte[] line(Event event) {
    return json(json -> event(json, event), "\r\n");
  }

  /** A page of a feed. */
  static byte[] page(EventPage page) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeName("events");
          json.writeStartArray();
          page.events().forEach(event -> event(json, event));
          json.writeEndArray();
          json.writeStringProperty("cursor", page.cursor());
          json.writeBooleanProperty("has_next", page.hasNext());
          stats(json, page.stats());
          json.writeEndObject();
        },
        "");
  }

  private static byte[] json(Consumer<JsonGenerator> content, String end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      content.accept(json);
    }
    out.writeBytes(end.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void event(JsonGenerator json, Event event) {
    json.writeStartObject();
    switch (event) {
      case Event.Data data -> {
        json.writeStringProperty("type", data.type().name().toLowerCase(Locale.ROOT));
        json.writeName("data");
        ResultFormat.TAGGED.write(json, data.data(), time(data.position().time()));
        place(json, data.position());
      }
      case Event.Status status -> {
        json.writeStringProperty("type", "status");
        place(json, status.position());
      }
      case Event.Failure failure -> failure(json, failure);
    }
    stats(json, event.stats());
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, EventPosition position) {
    json.writeNumberProperty("txn_ts", position.time());
    json.writeStringProperty("cursor", position.cursor());
  }

  private static void failure(JsonGenerator json, Event.Failure failure) {
    json.writeStringProperty("type", "error");
    json.writeName("error");
    json.writeStartObject();
    json.writeStringProperty("code", failure.code());
    json.writeStringProperty("message", failure.message());
    if (failure.abort() != null) {
      json.writeName("abort");
      ResultFormat.TAGGED.write(json, failure.abort(), time(failure.time()));
    }
    json.writeEndObject();
  }

  private static void stats(JsonGenerator json, EventStats stats) {
    json.writeName("stats");
    json.writeStartObject();
    json.writeNumberProperty("read_ops", stats.readOps());
    json.writeNumberProperty("storage_bytes_read", stats.bytesRead());
    json.writeNumberProperty("compute_ops", stats.computeOps());
    json.writeNumberProperty("processing_time_ms", stats.millis());
    json.writeName("rate_limits_hit");
    json.writeStartArray();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static TimeValue time(long micros) {
    return TimeValue.ofMicros(micros);
  }
}
