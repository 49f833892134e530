package io.refugium.database;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one processor free for short requests. Requests run on virtual threads, which nothing
 * interrupts while they compute: as many long ones as there are processors would keep all others
 * waiting. So a transaction that has computed for a while goes on only in one of the lanes for long
 * ones, of which there is one less than processors, and takes turns with those that want it, too.
 *
 * <p>A lane is a courtesy, not a lock: who holds one may wait for something else, and who waits for
 * one may hold what that one waits for. So nobody waits for a lane for ever. Thread-safe.
 */
final class LongRunners {
  /** How long a transaction computes before it gives way. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** How long one waits for a lane before it goes on without. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Semaphore lanes;

  /** For a number of processors; one has a lane, too, or nothing long would ever end. */
  LongRunners(int processors) {
    this.lanes = new Semaphore(Math.max(1, processors - 1), true);
  }

  /** A transaction begins. */
  Run begin() {
    return new Run();
  }

  /** One transaction; confined to its thread. */
  final class Run implements AutoCloseable {
    private long turnBegan = System.nanoTime();
    private boolean hasLane;

    private Run() {}

    /** Gives way if this has computed for long; called often, with the present. */
    void step(long now, long deadline) {
      if (now - turnBegan > TURN_NANOS) {
        close();
        hasLane = awaitLane(Math.min(PATIENCE_NANOS, deadline - now));
        turnBegan = System.nanoTime();
      }
    }

    private boolean awaitLane(long nanos) {
      try {
        return lanes.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // whoever waits for something next sees it
        return false;
      }
    }

    @Override
    public void close() {
      if (hasLane) {
        hasLane = false;
        lanes.release();
      }
    }
  }
}
