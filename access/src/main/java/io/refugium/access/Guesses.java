package io.refugium.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.refusal.DatabaseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Slows down whoever guesses secrets and passwords, by the address that the guesses come from,
 * without shutting anybody out.
 *
 * <p>Wrong guesses of a source add up and are forgiven with time. A source that has too many gets
 * its refusals late, and only so many of them are held back at once: further attempts of it wait
 * for their turn before anything is checked. So do the wrong passwords that one request asks about,
 * each for itself: there is no guessing faster by asking for many at once. What is right is
 * answered at once. Only while its source floods the server, and only if the secret of the request
 * has not been seen lately, it waits for its turn too; then it passes like any other. What is kept
 * is bounded ({@link AccessLimits}). Thread-safe.
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
   * @param origin where it comes from; null for one that nobody is blamed for
   * @param known whether its secret has been accepted lately; asked only of a source under
   *     suspicion
   * @param deadline when the request's time is up, as {@link System#nanoTime} counts
   * @param body throws {@link AccessException.Unauthorized} when the guess was wrong
   * @throws DatabaseException.DeadlineExceeded when its turn did not come in time
   */
  <T> T attempt(String origin, BooleanSupplier known, long deadline, Function<Attempt, T> body) {
    if (origin == null) {
      return body.apply(Attempt.UNBLAMED);
    }
    Source suspect = sources.getIfPresent(origin);
    boolean takesTurn =
        suspect != null && suspect.isOverdrawn(pace.nanoTime()) && !known.getAsBoolean();
    if (takesTurn) {
      await(suspect, deadline);
    }
    try {
      return body.apply(() -> wrongPassword(origin, takesTurn, deadline));
    } catch (AccessException.Unauthorized refused) {
      if (blamed(origin).charge(pace.nanoTime())) {
        hold(AccessLimits.REFUSAL_DELAY);
      }
      throw refused;
    } finally {
      if (takesTurn) {
        suspect.turns.release();
      }
    }
  }

  /** What goes on in an attempt. */
  @FunctionalInterface
  interface Attempt {
    /** One that nobody is blamed for. */
    Attempt UNBLAMED = () -> {};

    /**
     * A password or secret that the request asked about was wrong: returns when that may be told.
     *
     * @throws DatabaseException.DeadlineExceeded when its turn did not come in time
     */
    void wrong();
  }

  private void wrongPassword(String origin, boolean hasTurn, long deadline) {
    Source source = blamed(origin);
    if (!source.charge(pace.nanoTime())) {
      return;
    }
    if (!hasTurn) {
      await(source, deadline);
    }
    try {
      Duration left = Duration.ofNanos(Math.max(0, deadline - pace.nanoTime()));
      hold(left.compareTo(AccessLimits.REFUSAL_DELAY) < 0 ? left : AccessLimits.REFUSAL_DELAY);
    } finally {
      if (!hasTurn) {
        source.turns.release();
      }
    }
  }

  private Source blamed(String origin) {
    return sources.get(origin, _ -> new Source(pace.nanoTime()));
  }

  private void await(Source suspect, long deadline) {
    try {
      if (pace.acquire(suspect.turns, Duration.ofNanos(deadline - pace.nanoTime()))) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new DatabaseException.DeadlineExceeded();
  }

  private void hold(Duration duration) {
    try {
      pace.sleep(duration);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
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

    /** Adds a wrong guess; whether there are too many now. */
    synchronized boolean charge(long now) {
      forgive(now);
      wrong = Math.min(wrong + 1, 2.0 * AccessLimits.FREE_GUESSES);
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
