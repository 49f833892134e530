package io.refugium.fql10.engine;

import io.refugium.access.RateLimitExceeded;
import io.refugium.access.RateLimits;
import io.refugium.database.Metrics;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.model.TimeValue;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes the bodies of answers (language specification, section 11). */
final class AnswerWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private final QueryOptions options;
  private final Metrics metrics;
  private final long start;

  /**
   * A writer for one request.
   *
   * @param start when the request came, as {@link System#nanoTime} counts
   */
  AnswerWriter(QueryOptions options, Metrics metrics, long start) {
    this.options = options;
    this.metrics = metrics;
    this.start = start;
  }

  /** The part of an answer that differs. */
  @FunctionalInterface
  private interface Part {
    void write(JsonGenerator json);
  }

  QueryAnswer success(Outcome.Success outcome, long time, int retries) {
    return answer(
        200,
        json -> {
          json.writeName("data");
          options.format().write(json, outcome.data(), TimeValue.ofMicros(time));
          outcome.staticType().ifPresent(type -> json.writeStringProperty("static_type", type));
          common(json, outcome, time, retries);
        });
  }

  QueryAnswer failure(Outcome.Failure outcome) {
    return answer(
        400,
        json -> {
          json.writeName("error");
          json.writeStartObject();
          json.writeStringProperty("code", outcome.code());
          json.writeStringProperty("message", outcome.message());
          if (!outcome.constraintFailures().isEmpty()) {
            json.writeName("constraint_failures");
            constraintFailures(json, outcome.constraintFailures());
          }
          if (outcome.abort() != null) {
            json.writeName("abort");
            options
                .format()
                .write(json, outcome.abort(), TimeValue.ofMicros(outcome.snapshotTime()));
          }
          json.writeEndObject();
          common(json, outcome, outcome.snapshotTime(), 0);
        });
  }

  private void common(JsonGenerator json, Outcome outcome, long time, int retries) {
    json.writeStringProperty("summary", outcome.summary());
    json.writeNumberProperty("txn_ts", time);
    stats(json, retries, metrics.limitsHit());
    tags(json, options.tags());
    json.writeNumberProperty("schema_version", outcome.schemaVersion());
  }

  private void stats(JsonGenerator json, int retries, List<String> limitsHit) {
    json.writeName("stats");
    json.writeStartObject();
    json.writeNumberProperty("compute_ops", metrics.computeOps());
    json.writeNumberProperty("read_ops", metrics.readOps());
    json.writeNumberProperty("write_ops", metrics.writeOps());
    json.writeNumberProperty(
        "query_time_ms", Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    json.writeNumberProperty("contention_retries", retries);
    json.writeNumberProperty("storage_bytes_read", metrics.bytesRead());
    json.writeNumberProperty("storage_bytes_write", metrics.bytesWritten());
    json.writeName("rate_limits_hit");
    json.writeStartArray();
    limitsHit.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The answer to a request that a rate limit has refused: nothing ran, and it tells so. */
  QueryAnswer rateLimited(RateLimitExceeded exceeded) {
    return answer(
        429,
        json -> {
          error(json, "limit_exceeded", exceeded.getMessage());
          stats(json, 0, exceeded.resources().stream().map(RateLimits.Resource::label).toList());
          tags(json, options.tags());
        });
  }

  private static void error(JsonGenerator json, String code, String message) {
    json.writeName("error");
    json.writeStartObject();
    json.writeStringProperty("code", code);
    json.writeStringProperty("message", message);
    json.writeEndObject();
  }

  private static void constraintFailures(JsonGenerator json, List<ConstraintFailure> failures) {
    json.writeStartArray();
    for (ConstraintFailure failure : failures) {
      json.writeStartObject();
      json.writeName("paths");
      json.writeStartArray();
      for (List<Object> path : failure.paths()) {
        json.writeStartArray();
        for (Object step : path) {
          if (step instanceof Integer position) {
            json.writeNumber(position);
          } else {
            json.writeString((String) step);
          }
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeStringProperty("message", failure.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * The answer to a request that did not get as far as running a query; a malformed one does not
   * get its tags back.
   */
  static QueryAnswer protocolFailure(RequestFailure failure, String tags) {
    return answer(
        failure.status(),
        json -> {
          error(json, failure.code(), failure.getMessage());
          if (failure.status() != 400) {
            tags(json, tags);
          }
        });
  }

  private static void tags(JsonGenerator json, String tags) {
    if (!tags.isEmpty()) {
      json.writeStringProperty("query_tags", tags);
    }
  }

  private static QueryAnswer answer(int status, Part content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    }
    return new QueryAnswer(status, out.toByteArray());
  }
}
