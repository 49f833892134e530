package io.refugium.server;

import io.refugium.database.TransactionOptions;
import io.refugium.fql4.language.ApiVersion;

/**
 * What the headers of a v4 request ask for (spec: HTTP surface 4.1).
 *
 * @param lastSeenMicros a time that the snapshot must have reached; {@code Long.MIN_VALUE} for none
 * @param retries how often a contended transaction is tried again, 0 to 7
 */
public record V4Options(
    ApiVersion apiVersion, long lastSeenMicros, int timeoutMillis, int retries) {

  /** The oldest clients name no version. */
  private static final ApiVersion WITHOUT_HEADER = ApiVersion.V2_1;

  private static final String API_VERSION = "x-faunadb-api-version";

  /** Reads the headers in the order in which errors are told. */
  static V4Options of(Request request) throws InvalidHeader {
    return new V4Options(
        apiVersion(request),
        HeaderValues.timestamp(request, "x-last-seen-txn"),
        HeaderValues.timeoutMillis(request, "x-query-timeout"),
        HeaderValues.retries(request, "x-max-retries-on-contention"));
  }

  private static ApiVersion apiVersion(Request request) throws InvalidHeader {
    String text = request.header(API_VERSION);
    if (text == null) {
      return WITHOUT_HEADER;
    }
    return ApiVersion.of(text)
        .orElseThrow(
            () ->
                new InvalidHeader(
                    API_VERSION, "Unsupported or invalid API version '" + text + "'."));
  }

  /** How to run the transaction of this request; its time counts from receipt. */
  public TransactionOptions transaction(Request request, boolean linearized) {
    return request.transaction(retries, timeoutMillis, lastSeenMicros, linearized);
  }
}
