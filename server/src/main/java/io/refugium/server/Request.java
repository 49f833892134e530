package io.refugium.server;

import io.refugium.access.secret.Credentials;
import io.refugium.database.TransactionOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One HTTP request with its whole body.
 *
 * @param method as sent, such as {@code POST}
 * @param path the target's path as sent (escapes undecoded but well-formed), never empty
 * @param query the text after {@code ?} as sent, or null
 * @param headers the header fields
 * @param body the body's bytes, empty if there is none; not to be changed
 * @param receivedMicros wall-clock time of receipt, microseconds since 1970
 * @param receivedNanos {@link System#nanoTime} at receipt, for deadlines and durations
 * @param trace the request's place in a trace
 * @param source the address that wrong guesses of secrets are blamed on, or null
 * @param abandoned whether the client is known to have given up; false as long as nobody can tell
 * @param mayWait whether the thread that serves it may wait; if not, see {@link
 *     Endpoint#answersBriefly}
 */
public record Request(
    String method,
    String path,
    String query,
    Headers headers,
    byte[] body,
    long receivedMicros,
    long receivedNanos,
    TraceContext trace,
    String source,
    BooleanSupplier abandoned,
    boolean mayWait) {

  /** The same for a thread that must not wait. */
  Request briefly() {
    return new Request(
        method,
        path,
        query,
        headers,
        body,
        receivedMicros,
        receivedNanos,
        trace,
        source,
        abandoned,
        false);
  }

  /** Less time than a commit takes is none: what becomes of it must not depend on the machine. */
  private static final int SHORTEST_MILLIS = 2;

  /**
   * How to run its transaction; the time counts from receipt.
   *
   * @param retries how often it is tried again when it is contended
   * @param lastSeenMicros a time that the snapshot must have reached; negative for none
   */
  TransactionOptions transaction(
      int retries, int timeoutMillis, long lastSeenMicros, boolean linearized) {
    TransactionOptions options =
        new TransactionOptions(
            retries + 1,
            receivedNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis),
            Math.max(0, lastSeenMicros),
            linearized,
            abandoned);
    if (timeoutMillis < SHORTEST_MILLIS) {
      options = options.withoutTime();
    }
    return mayWait ? options : options.briefly(Briefness.LIMIT_NANOS);
  }

  /** Who the client says it is: see {@link Credentials#fromHeader}. */
  public Credentials credentials() {
    return Credentials.fromHeader(header("authorization"), source);
  }

  /** The value of a header field, or null; see {@link Headers#get}. */
  public String header(String name) {
    return headers.get(name);
  }

  /**
   * The last value of a query parameter, decoded; empty if it is absent. {@code ?q} and {@code ?q=}
   * are "".
   */
  public Optional<String> parameter(String name) {
    return QueryStrings.last(query, name);
  }

  /**
   * Whole milliseconds since receipt, at least 1 (no client wants to hear of a query that took no
   * time).
   */
  public long elapsedMillis() {
    return Math.max(1, (System.nanoTime() - receivedNanos) / 1_000_000);
  }
}
