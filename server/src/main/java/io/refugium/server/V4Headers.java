package io.refugium.server;

import io.refugium.server.Response.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * The header fields of v4 answers: transaction time and metrics, in the order in which {@code
 * access-control-expose-headers} lists them (spec: HTTP surface 5, 10).
 */
public final class V4Headers {
  /** The length of the answer's body. */
  static final String BYTES_OUT = "x-query-bytes-out";

  /** Which rate limits were met; absent if none was. */
  static final String LIMITS_HIT = "x-rate-limited-ops";

  /**
   * What a request cost.
   *
   * @param computeOps at least 1
   * @param retries attempts made after the first
   * @param limitsHit the soft rate limits that were met
   */
  public record Metrics(
      long computeOps,
      long readOps,
      long writeOps,
      long storageBytesRead,
      long storageBytesWritten,
      int retries,
      List<String> limitsHit) {

    /** What answers without any evaluation report. */
    public static final Metrics NONE = new Metrics(1, 0, 0, 0, 0, 0, List.of());
  }

  private V4Headers() {}

  /** {@code x-txn-time} only, as on status 401. */
  public static List<Header> transactionTime(long micros) {
    return List.of(new Header("x-txn-time", Long.toString(micros)));
  }

  /**
   * All fields of an answer.
   *
   * @param transactionMicros commit or snapshot time, microseconds
   * @param bytesOut length of the answer's body
   */
  public static List<Header> of(
      Request request, long transactionMicros, Metrics metrics, int bytesOut) {
    var fields = new ArrayList<Header>(12);
    add(fields, "x-txn-time", transactionMicros);
    add(fields, "x-compute-ops", metrics.computeOps());
    add(fields, "x-byte-read-ops", metrics.readOps());
    add(fields, "x-byte-write-ops", metrics.writeOps());
    add(fields, "x-read-ops", metrics.readOps());
    add(fields, "x-write-ops", metrics.writeOps());
    add(fields, "x-query-time", request.elapsedMillis());
    add(fields, "x-query-bytes-in", request.body().length);
    add(fields, BYTES_OUT, bytesOut);
    add(fields, "x-storage-bytes-read", metrics.storageBytesRead());
    add(fields, "x-storage-bytes-write", metrics.storageBytesWritten());
    add(fields, "x-txn-retries", metrics.retries());
    if (!metrics.limitsHit().isEmpty()) {
      fields.add(new Header(LIMITS_HIT, String.join(",", metrics.limitsHit())));
    }
    return fields;
  }

  /**
   * The fields of an answer for which nothing was evaluated; its transaction time is the time of
   * receipt.
   */
  static List<Header> fixed(Request request, Response response, boolean withMetrics) {
    return withMetrics
        ? of(request, request.receivedMicros(), Metrics.NONE, response.body().length)
        : transactionTime(request.receivedMicros());
  }

  private static void add(List<Header> fields, String name, long value) {
    fields.add(new Header(name, Long.toString(value)));
  }
}
