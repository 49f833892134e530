package io.refugium.database;

import java.util.function.BooleanSupplier;

/**
 * How a transaction is to be run.
 *
 * @param attempts how often it may be tried, 1 to {@link Limits#MAX_ATTEMPTS}
 * @param deadline when its time is up, as {@link System#nanoTime} counts
 * @param minimumSnapshot a time, in microseconds, that the snapshot must have reached: what the
 *     client has seen last; 0 for none
 * @param linearized whether the client insists on seeing everything acknowledged before its
 *     request. The snapshot always holds that, so it makes no difference
 * @param abandoned whether nobody waits for the result any more: then its time is up too. Asked
 *     often, by any thread
 */
public record TransactionOptions(
    int attempts,
    long deadline,
    long minimumSnapshot,
    boolean linearized,
    BooleanSupplier abandoned) {
  public TransactionOptions {
    if (attempts < 1 || attempts > Limits.MAX_ATTEMPTS) {
      throw new IllegalArgumentException("attempts must be 1 to " + Limits.MAX_ATTEMPTS);
    }
  }

  /** Options of a transaction whose result is waited for until the deadline. */
  public TransactionOptions(int attempts, long deadline, long minimumSnapshot, boolean linearized) {
    this(attempts, deadline, minimumSnapshot, linearized, () -> false);
  }

  /** The default attempts, and so much time from now, in nanoseconds. */
  public static TransactionOptions within(long nanos) {
    return new TransactionOptions(Limits.DEFAULT_ATTEMPTS, System.nanoTime() + nanos, 0, false);
  }

  /** Whether there is no time left at a moment, as {@link System#nanoTime} counts. */
  boolean isOver(long now) {
    return now - deadline > 0 || abandoned.getAsBoolean();
  }
}
