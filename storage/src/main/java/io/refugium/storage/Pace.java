package io.refugium.storage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How work in the background leaves room for those who are being served: it goes in steps and rests
 * after each for as long as that took, so it takes half of a processor. Thread-safe.
 */
public final class Pace {
  /** No rest is longer, in nanoseconds. */
  private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(50);

  private Pace() {}

  /**
   * Rests after a step; not at all if the thread has been interrupted.
   *
   * @param begun when the step began, as {@link System#nanoTime} tells it
   */
  public static void restAfter(long begun) {
    LockSupport.parkNanos(Math.min(System.nanoTime() - begun, LONGEST_REST));
  }
}
