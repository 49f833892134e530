package io.refugium.fql10.engine;

import io.refugium.access.RateLimitExceeded;
import io.refugium.access.RateLimits;
import io.refugium.database.Metrics;
import io.refugium.fql10.encode.ResultWriter;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.request.RequestFailure;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.model.JsonBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Writes the bodies of answers (language specification, section 11). */
final class AnswerWriter {
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

  /** The beginning of the answer to a query that succeeds: its result comes next. */
  static JsonBuffer begin() {
    return ResultWriter.buffer().raw("{\"data\":");
  }

  /** Finishes the answer to a query, behind its result. */
  QueryAnswer success(Outcome.Success outcome, long time, int retries) {
    JsonBuffer out = outcome.answer().unlimited();
    if (outcome.staticType() != null) {
      out.raw(",\"static_type\":").string(outcome.staticType());
    }
    out.raw(",");
    common(out, outcome, time, retries);
    return answer(200, out, time);
  }

  /** The answer to a query that failed. */
  QueryAnswer failure(Outcome.Failure outcome) {
    JsonBuffer out = empty();
    out.raw('{');
    openError(out, outcome.code(), outcome.message());
    if (!outcome.constraintFailures().isEmpty()) {
      out.raw(",\"constraint_failures\":");
      list(out, outcome.constraintFailures(), AnswerWriter::constraintFailure);
    }
    if (outcome.abort() != null) {
      out.raw(",\"abort\":").json(outcome.abort().toBytes(outcome.snapshotTime()));
    }
    out.raw("},");
    common(out, outcome, outcome.snapshotTime(), 0);
    return answer(400, out, 0);
  }

  private void common(JsonBuffer out, Outcome outcome, long time, int retries) {
    out.raw("\"summary\":").string(outcome.summary()).raw(",\"txn_ts\":").number(time).raw(',');
    stats(out, retries, metrics.limitsHit());
    tags(out, options.tags());
    out.raw(",\"schema_version\":").number(outcome.schemaVersion());
  }

  private void stats(JsonBuffer out, int retries, List<String> limitsHit) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    out.raw("\"stats\":{\"compute_ops\":").number(metrics.computeOps());
    out.raw(",\"read_ops\":").number(metrics.readOps());
    out.raw(",\"write_ops\":").number(metrics.writeOps());
    out.raw(",\"query_time_ms\":").number(Math.max(1, millis));
    out.raw(",\"contention_retries\":").number(retries);
    out.raw(",\"storage_bytes_read\":").number(metrics.bytesRead());
    out.raw(",\"storage_bytes_write\":").number(metrics.bytesWritten());
    out.raw(",\"rate_limits_hit\":");
    list(out, limitsHit, JsonBuffer::string);
    out.raw('}');
  }

  /** The answer to a request that a rate limit has refused: nothing ran, and it tells so. */
  QueryAnswer rateLimited(RateLimitExceeded exceeded) {
    JsonBuffer out = empty();
    out.raw('{');
    openError(out, "limit_exceeded", exceeded.getMessage());
    out.raw("},");
    stats(out, 0, exceeded.resources().stream().map(RateLimits.Resource::label).toList());
    tags(out, options.tags());
    return answer(429, out, 0);
  }

  /** The member {@code error}, to be closed. */
  private static void openError(JsonBuffer out, String code, String message) {
    out.raw("\"error\":{\"code\":").string(code).raw(",\"message\":").string(message);
  }

  private static void constraintFailure(JsonBuffer out, ConstraintFailure failure) {
    out.raw("{\"paths\":");
    list(out, failure.paths(), (inner, path) -> list(inner, path, AnswerWriter::step));
    out.raw(",\"message\":").string(failure.message()).raw('}');
  }

  private static void step(JsonBuffer out, Object step) {
    if (step instanceof Integer position) {
      out.number(position);
    } else {
      out.string((String) step);
    }
  }

  private static <T> void list(
      JsonBuffer out, List<? extends T> elements, BiConsumer<JsonBuffer, T> writer) {
    out.raw('[');
    for (int i = 0; i < elements.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      writer.accept(out, elements.get(i));
    }
    out.raw(']');
  }

  /**
   * The answer to a request that did not get as far as running a query; a malformed one does not
   * get its tags back.
   */
  static QueryAnswer protocolFailure(RequestFailure failure, String tags) {
    JsonBuffer out = empty();
    out.raw('{');
    openError(out, failure.code(), failure.getMessage());
    out.raw('}');
    if (failure.status() != 400) {
      tags(out, tags);
    }
    return answer(failure.status(), out, 0);
  }

  private static void tags(JsonBuffer out, String tags) {
    if (!tags.isEmpty()) {
      out.raw(",\"query_tags\":").string(tags);
    }
  }

  private static JsonBuffer empty() {
    return ResultWriter.buffer().unlimited();
  }

  private static QueryAnswer answer(int status, JsonBuffer out, long time) {
    return new QueryAnswer(status, out.raw('}').toBytes(time));
  }
}
