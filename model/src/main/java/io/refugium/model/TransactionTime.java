package io.refugium.model;

/**
 * The time of the running transaction, unknown until it commits. May be stored: the committed form
 * holds the commit time in its place, as a {@link TimeValue}, or as a {@link LongValue} of
 * microseconds when {@link #MICROS} was written.
 */
public enum TransactionTime implements Value {
  /** Becomes a time. */
  TIME,
  /**
   * Becomes an integer of microseconds since the epoch: the form in which FQL v4 knows {@code ts}.
   */
  MICROS
}
