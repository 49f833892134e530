package io.refugium.access;

import io.refugium.database.Transaction;

/**
 * When FQL v10 reads, and what that is a matter of (spec access 6.2, 6.3).
 *
 * @param micros in microseconds; {@link Transaction#NOW} for the present
 * @param history whether it is the past that is asked for, which needs {@code history_read} instead
 *     of {@code read}
 */
public record ReadTime(long micros, boolean history) {
  /** The present. */
  public static final ReadTime NOW = new ReadTime(Transaction.NOW, false);

  /** The time of an {@code at} expression. */
  public static ReadTime at(long micros) {
    return micros == Transaction.NOW ? NOW : new ReadTime(micros, true);
  }

  /**
   * The time of a query whose pages are being continued: its present, whatever has happened since.
   */
  public static ReadTime ofQuery(long micros) {
    return micros == Transaction.NOW ? NOW : new ReadTime(micros, false);
  }
}
