package io.refugium.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.refusal.DatabaseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Slows down whoever guesses secrets and passwords, by the address that the guesses come from,
 * without shutting anybody out.
 *
 * <p>Wrong guesses of a source add up and are forgiven with time. A source that has too many gets
 * its refusals late, and only so many of them are held back at once: further attempts of it wait
 * for their turn before anything is checked. A right secret is answered at once. Only while its
 * source floods the server, and only if the secret has not been seen lately, it waits for its turn
 * too; then it passes like any other. What is kept is bounded ({@link AccessLimits}). Thread-safe.
 */
final class Guesses {
  /** The time, and how to let it pass: another one in tests. */
  interface Pace {
    /** See {@link System#nanoTime}. */
    long nanoTime();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** Waits for a place, at most so long; false if there was none. */
    boolean acquire(Semaphore places, Duration patience) throws InterruptedException;

    Pace REAL =
        new Pace() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
          }

          @Override
          public boolean acquire(Semaphore places, Duration patience) throws InterruptedException {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
          }
        };
  }

  private final Pace pace;
  private final Cache<String, Source> sources =
      Caffeine.newBuilder()
          .maximumSize(AccessLimits.SUSPECTED_SOURCES)
          .expireAfterAccess(AccessLimits.SUSPICION)
          .build();

  Guesses(Pace pace) {
    this.pace = pace;
  }

  /**
   * Runs an attempt to get in.
   *
   * @param source where it comes from; null for one that nobody is blamed for
   * @param known whether its secret has been accepted lately; asked only of a source under
   *     suspicion
   * @param deadline when the request's time is up, as {@link System#nanoTime} counts
   * @param attempt throws {@link AccessException.Unauthorized} when the guess was wrong
   * @param wrong how many other guesses, of passwords, were wrong in it; asked when it has ended
   * @throws DatabaseException.DeadlineExceeded when its turn did not come in time
   */
  <T> T attempt(
      String source, BooleanSupplier known, long deadline, Supplier<T> attempt, IntSupplier wrong) {
    if (source == null) {
      return attempt.get();
    }
    Source suspect = sources.getIfPresent(source);
    boolean takesTurn =
        suspect != null && suspect.isOverdrawn(pace.nanoTime()) && !known.getAsBoolean();
    if (takesTurn && !await(suspect, deadline)) {
      throw new DatabaseException.DeadlineExceeded();
    }
    int refusals = 0;
    try {
      return attempt.get();
    } catch (AccessException.Unauthorized refused) {
      refusals = 1;
      throw refused;
    } finally {
      int guesses = refusals + wrong.getAsInt();
      if (guesses > 0) {
        holdBack(source, guesses);
      }
      if (takesTurn) {
        suspect.turns.release();
      }
    }
  }

  private boolean await(Source suspect, long deadline) {
    try {
      return pace.acquire(suspect.turns, Duration.ofNanos(deadline - pace.nanoTime()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void holdBack(String name, int guesses) {
    Source source = sources.get(name, _ -> new Source(pace.nanoTime()));
    if (source.charge(guesses, pace.nanoTime())) {
      try {
        pace.sleep(AccessLimits.REFUSAL_DELAY);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is held against one address. */
  private static final class Source {
    private final Semaphore turns = new Semaphore(AccessLimits.DELAYED_REFUSALS, true);
    private double wrong;
    private long since;

    Source(long now) {
      this.since = now;
    }

    /** Adds wrong guesses; whether they are too many now. */
    synchronized boolean charge(int guesses, long now) {
      forgive(now);
      wrong = Math.min(wrong + guesses, 2.0 * AccessLimits.FREE_GUESSES);
      return wrong > AccessLimits.FREE_GUESSES;
    }

    synchronized boolean isOverdrawn(long now) {
      forgive(now);
      return wrong > AccessLimits.FREE_GUESSES;
    }

    private void forgive(long now) {
      double seconds = (now - since) / (double) TimeUnit.SECONDS.toNanos(1);
      wrong = Math.max(0, wrong - seconds * AccessLimits.FORGIVEN_PER_SECOND);
      since = now;
    }
  }
}
