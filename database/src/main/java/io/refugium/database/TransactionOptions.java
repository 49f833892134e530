package io.refugium.database;

/**
 * How a transaction is to be run.
 *
 * @param attempts how often it may be tried, 1 to {@link Limits#MAX_ATTEMPTS}
 * @param deadline when its time is up, as {@link System#nanoTime} counts
 * @param minimumSnapshot a time, in microseconds, that the snapshot must have reached: what the
 *     client has seen last; 0 for none
 * @param linearized whether the client insists on seeing everything acknowledged before its
 *     request. The snapshot always holds that, so it makes no difference
 */
public record TransactionOptions(
    int attempts, long deadline, long minimumSnapshot, boolean linearized) {
  public TransactionOptions {
    if (attempts < 1 || attempts > Limits.MAX_ATTEMPTS) {
      throw new IllegalArgumentException("attempts must be 1 to " + Limits.MAX_ATTEMPTS);
    }
  }

  /** The default attempts, and so much time from now, in nanoseconds. */
  public static TransactionOptions within(long nanos) {
    return new TransactionOptions(Limits.DEFAULT_ATTEMPTS, System.nanoTime() + nanos, 0, false);
  }
}
