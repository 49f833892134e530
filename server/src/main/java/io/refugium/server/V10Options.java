package io.refugium.server;

import io.refugium.database.TransactionOptions;
import java.util.concurrent.TimeUnit;

/**
 * What the headers of a v10 query ask for (spec: HTTP surface 4.1).
 *
 * @param lastSeenMicros a time that the snapshot must have reached; {@code Long.MIN_VALUE} for none
 * @param retries how often a contended transaction is tried again, 0 to 7
 * @param tags the tags as they are told back; null if there are none
 * @param format {@code simple}, {@code tagged} or {@code decorated}
 * @param typecheck null: as the database says
 */
public record V10Options(
    long lastSeenMicros,
    int timeoutMillis,
    int retries,
    String tags,
    String format,
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

  private static String format(Request request) throws InvalidHeader {
    return switch (request.header(FORMAT)) {
      case null -> "simple";
      case String known
          when known.equals("simple") || known.equals("tagged") || known.equals("decorated") ->
          known;
      case String other -> throw new InvalidHeader(FORMAT, "Invalid format " + other);
    };
  }

  private static boolean isTrue(Request request, String name) throws InvalidHeader {
    return Boolean.TRUE.equals(HeaderValues.truth(request, name));
  }

  /** How to run the transaction of this request; its time counts from receipt. */
  public TransactionOptions transaction(Request request) {
    return new TransactionOptions(
        retries + 1,
        request.receivedNanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis),
        Math.max(0, lastSeenMicros),
        linearized);
  }
}
