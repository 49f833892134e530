package io.refugium.database;

import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
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
 * @param mayWait whether it may wait for others, for the device, or for a slow hash; otherwise it
 *     ends with {@link MustWait} where it would
 * @param hopeless whether it has less time than any needs: then it is refused as soon as it is
 *     known who asks, whatever the clock says
 */
public record TransactionOptions(
    int attempts,
    long deadline,
    long minimumSnapshot,
    boolean linearized,
    BooleanSupplier abandoned,
    boolean mayWait,
    boolean hopeless) {
  public TransactionOptions {
    if (attempts < 1 || attempts > Limits.MAX_ATTEMPTS) {
      throw new IllegalArgumentException("attempts must be 1 to " + Limits.MAX_ATTEMPTS);
    }
  }

  /** Options of a transaction whose result is waited for until the deadline. */
  public TransactionOptions(int attempts, long deadline, long minimumSnapshot, boolean linearized) {
    this(attempts, deadline, minimumSnapshot, linearized, () -> false);
  }

  /** Options of a transaction whose result may be abandoned. */
  public TransactionOptions(
      int attempts,
      long deadline,
      long minimumSnapshot,
      boolean linearized,
      BooleanSupplier abandoned) {
    this(attempts, deadline, minimumSnapshot, linearized, abandoned, true, false);
  }

  /**
   * The same for a thread that must not wait, and has so much time from now: for a transaction that
   * is known to be short.
   *
   * @param nanos at most
   */
  public TransactionOptions briefly(long nanos) {
    long end = System.nanoTime() + nanos;
    return new TransactionOptions(
        attempts,
        end - deadline < 0 ? end : deadline,
        minimumSnapshot,
        linearized,
        abandoned,
        false,
        hopeless);
  }

  /**
   * To be called before anything that takes long or waits.
   *
   * @throws MustWait unless that is allowed
   */
  void requireWaiting() {
    if (!mayWait) {
      throw new MustWait();
    }
  }

  /** The same with less time than any needs. */
  public TransactionOptions withoutTime() {
    return new TransactionOptions(
        attempts, deadline, minimumSnapshot, linearized, abandoned, mayWait, true);
  }

  /**
   * To be called before the work begins.
   *
   * @throws DatabaseException.DeadlineExceeded when there has never been time for it
   */
  public void requireTime() {
    if (hopeless) {
      throw new DatabaseException.DeadlineExceeded();
    }
  }

  /** The default attempts, and so much time from now, in nanoseconds. */
  public static TransactionOptions within(long nanos) {
    return new TransactionOptions(Limits.DEFAULT_ATTEMPTS, System.nanoTime() + nanos, 0, false);
  }

  /** Whether there is no time left at a moment, as {@link System#nanoTime} counts. */
  boolean isOver(long now) {
    return hopeless || now - deadline > 0 || abandoned.getAsBoolean();
  }
}
