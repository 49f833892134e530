package io.refugium.server;

import io.refugium.database.TransactionOptions;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.request.QueryOptions;
import java.util.Optional;

/**
 * What the headers of a v10 query ask for (spec: HTTP surface 4.1).
 *
 * @param lastSeenMicros a time that the snapshot must have reached; {@code Long.MIN_VALUE} for none
 * @param retries how often a contended transaction is tried again, 0 to 7
 * @param tags the tags as they are told back; empty if there are none
 * @param typecheck null: as the database says
 */
public record V10Options(
    long lastSeenMicros,
    int timeoutMillis,
    int retries,
    String tags,
    ResultFormat format,
    Boolean typecheck,
    boolean linearized,
    boolean performanceHints) {

  private static final String FORMAT = "x-format";

  /** Reads the headers of {@code /query/1} in the order in which errors are told. */
  public static V10Options of(Request request) throws InvalidHeader {
    return new V10Options(
        HeaderValues.timestamp(request, "x-last-txn-ts"),
        HeaderValues.timeoutMillis(request, "x-query-timeout-ms"),
        HeaderValues.retries(request, "x-max-contention-retries"),
        QueryTags.reversed(request, "x-query-tags"),
        format(request),
        HeaderValues.truth(request, "x-typecheck"),
        isTrue(request, "x-linearized"),
        isTrue(request, "x-performance-hints"));
  }

  private static ResultFormat format(Request request) throws InvalidHeader {
    String text = request.header(FORMAT);
    ResultFormat format = text == null ? ResultFormat.SIMPLE : ResultFormat.named(text);
    if (format == null) {
      throw new InvalidHeader(FORMAT, "Invalid format " + text);
    }
    return format;
  }

  private static boolean isTrue(Request request, String name) throws InvalidHeader {
    return Boolean.TRUE.equals(HeaderValues.truth(request, name));
  }

  /** What is asked of the language. */
  public QueryOptions query() {
    return new QueryOptions(
        format, Optional.ofNullable(typecheck), performanceHints, timeoutMillis, tags);
  }

  /** How to run the transaction of this request; its time counts from receipt. */
  public TransactionOptions transaction(Request request) {
    return request.transaction(retries, timeoutMillis, lastSeenMicros, linearized);
  }
}
