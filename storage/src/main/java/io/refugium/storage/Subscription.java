package io.refugium.storage;

import java.time.Duration;

/**
 * The commits that touch a range, in commit order, none left out and none twice: first those
 * already made, then new ones as they are made. A slow subscriber loses nothing and slows nobody
 * down: it is served from disk until it has caught up.
 *
 * <p>One thread takes at a time; {@link #close} may be called by any.
 */
public interface Subscription extends AutoCloseable {
  /**
   * Takes the next commit, waiting for one if necessary.
   *
   * @param patience how long to wait
   * @return null when there was none in time, or the subscription was closed meanwhile
   * @throws InterruptedException when the waiting thread was interrupted
   * @throws StorageException.Pruned when the subscriber was so slow that commits it has not seen
   *     are no longer kept
   */
  Change next(Duration patience) throws InterruptedException;

  /**
   * The time up to which every commit that touches the range has been taken, in microseconds since
   * the epoch; resuming after it loses nothing and repeats nothing. Moves on even while other
   * ranges alone are written, and never back.
   */
  long position();

  /** Whether it has ended: nothing comes any more. */
  boolean isClosed();

  /** Ends the subscription and wakes a waiting thread; the second time does nothing. */
  @Override
  void close();
}
