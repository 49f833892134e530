package io.refugium.database;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps long computations from stopping everybody else. Virtual threads are not interrupted by
 * their scheduler, and nothing that a thread does by itself makes it fair: so of those that go on
 * for long only as many run at once as leave processors' threads to the others. They take turns.
 *
 * <p>Nobody waits for a turn for ever: who waits may hold a lock that one of those needs who run.
 * Thread-safe.
 */
final class FairShare {
  /** How long a computation may go on before it needs a turn, and how long a turn is. */
  private static final long TURN_NANOS = 4_000_000;

  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private final Semaphore places;

  /**
   * Shares of the processors.
   *
   * @param atOnce how many may go on at the same time
   */
  FairShare(int atOnce) {
    this.places = new Semaphore(atOnce, true);
  }

  /** One computation, which is confined to one thread at a time. */
  final class Computation {
    private long began = System.nanoTime();
    private boolean isHeld;

    /** To be called now and then while it goes on. */
    void go(long now) {
      if (now - began > TURN_NANOS) {
        next();
        began = System.nanoTime();
      }
    }

    private void next() {
      if (isHeld) {
        if (!places.hasQueuedThreads()) {
          return;
        }
        pause();
      }
      try {
        isHeld = places.tryAcquire(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }

    /** It waits for something, or is over. */
    void pause() {
      if (isHeld) {
        isHeld = false;
        places.release();
      }
    }
  }
}
