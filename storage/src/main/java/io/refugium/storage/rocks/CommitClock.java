package io.refugium.storage.rocks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Hands out read points and commit times so that a commit's time is greater than every read point
 * handed out before the commit became visible, and read points never go back.
 *
 * <p>Both live in one word: the current read point, and whether the committer is at work. While it
 * is not, a reader moves the read point on to the present itself (nothing can be committed before
 * it any more). While it is, the read point stands still until the group is published as a whole.
 */
final class CommitClock {
  private static final long COMMITTING = 1;

  private final LongSupplier clock;
  private final AtomicLong state;
  private volatile long lastCommit;

  /**
   * @param clock microseconds since the epoch; may stand still or step back
   * @param lastCommit the time of the last commit that is durable
   * @param readPoint the first read point, later than that commit
   */
  CommitClock(LongSupplier clock, long lastCommit, long readPoint) {
    this.clock = clock;
    this.lastCommit = lastCommit;
    this.state = new AtomicLong(readPoint << 1);
  }

  long readPoint() {
    while (true) {
      long current = state.get();
      long readPoint = current >>> 1;
      if ((current & COMMITTING) != 0) {
        return readPoint;
      }
      long present = clock.getAsLong() - 1;
      if (present <= readPoint) {
        return readPoint;
      }
      if (state.compareAndSet(current, present << 1)) {
        return present;
      }
    }
  }

  /** The read point last handed out; cheaper than a new one. */
  long lastReadPoint() {
    return state.get() >>> 1;
  }

  /** The time of the newest published commit. */
  long lastCommit() {
    return lastCommit;
  }

  /** Freezes the read point; returns the first time a commit of the group may have. */
  long begin() {
    long frozen = state.updateAndGet(current -> current | COMMITTING) >>> 1;
    return Math.max(frozen + 1, clock.getAsLong());
  }

  /**
   * Makes the group visible whose last commit has time {@code last}. The read point is later, also
   * where the next group freezes it at once: to a reader the time of every commit is in the past.
   */
  void publish(long last) {
    lastCommit = last;
    state.set((last + 1) << 1);
  }

  /** Unfreezes the read point after a group in which nothing was written. */
  void abandon() {
    state.updateAndGet(current -> current & ~COMMITTING);
  }
}
