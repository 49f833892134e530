package io.refugium.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.access.secret.Credentials;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Streams that must be told the same, because they came with the same credentials, hold the same
 * lease and watch the same: one of them judges a commit for all, the others wait for it.
 *
 * <p>What is told of a commit follows from the data of that time, and from the rights and the
 * schema of the time at which it is judged. So the invariant is: what a stream is told was judged
 * with its lease, at a snapshot not before the commit; and that lease and schema are still the same
 * was found at a snapshot taken no longer than {@link #FRESH} before the stream asked. Rights that
 * are withdrawn count for nothing that is committed afterwards, and for what was committed before
 * they are gone that much later than if each stream judged for itself.
 *
 * <p>Streams that lag are at different commits, and what was judged for the first serves the last
 * of them, because each judgement confirms those before it. Thread-safe.
 */
final class Audiences {
  /** What is kept of all audiences together, in bytes. */
  static final int MOST_BYTES = 16 << 20;

  /** How long ago rights and schema may have been looked at. */
  static final Duration FRESH = Duration.ofMillis(20);

  /** How long what was judged is kept for those who lag: so far they may be behind the first. */
  static final Duration KEPT = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Cache<Name, Audience> audiences =
      Caffeine.newBuilder().executor(Runnable::run).weakValues().build();
  private final Cache<Place, Judgement> judgements;

  /**
   * No audiences yet.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Audiences(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.judgements =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(nanoTime::getAsLong)
            .expireAfterWrite(KEPT)
            .maximumWeight(MOST_BYTES)
            .weigher((Place place, Judgement of) -> of.size())
            .build();
  }

  private record Name(Credentials credentials, Lease lease, Object watched) {}

  private record Place(Audience audience, long commit) {}

  /**
   * What was found.
   *
   * @param schema the version of the schema by which it was judged
   */
  record Found(Told told, long schema) {}

  /** A judgement that somebody has begun. */
  private final class Judgement {
    private final long begun = nanoTime.getAsLong();

    /** Ends with null if it came to nothing. */
    private final CompletableFuture<Found> result = new CompletableFuture<>();

    int size() {
      Found found = result.getNow(null);
      return found == null ? 0 : found.told().size();
    }
  }

  /**
   * Rights and schema were looked at, and the stream goes on.
   *
   * @param begun not after the snapshot at which they were
   */
  private record Confirmation(long begun, long schema) {}

  /** The audience of a stream; to be left when the stream ends. */
  Audience join(Credentials credentials, Lease lease, Object watched) {
    Audience audience =
        audiences.get(new Name(credentials, lease, watched), _ -> new Audience(lease));
    audience.members.incrementAndGet();
    return audience;
  }

  /** Streams that are told the same; those that hold it keep it in memory. */
  final class Audience {
    private final Lease lease;
    private final AtomicInteger members = new AtomicInteger();
    private volatile Confirmation latest = new Confirmation(0, Long.MIN_VALUE);

    private Audience(Lease lease) {
      this.lease = lease;
    }

    /**
     * What is to be told of a commit: as another stream has found, or is about to find, or as the
     * caller finds.
     *
     * @param judge finds it out, at a snapshot taken from now on that has the commit, if the rights
     *     are those of the lease; null if they are not
     * @return null if the caller has judged for itself and its rights are lost
     */
    Told tell(long commit, Supplier<Found> judge) {
      if (members.get() < 2) {
        return told(judge.get());
      }
      long asked = nanoTime.getAsLong();
      Place place = new Place(this, commit);
      Judgement stale = null;
      while (true) {
        Judgement known = judgements.getIfPresent(place);
        if (known == null || known == stale) {
          Judgement mine = new Judgement();
          known = begin(place, mine, stale);
          if (known == mine) {
            return told(judge(place, mine, judge));
          }
        }
        Found found = known.result.join();
        if (found == null || lease.isOver()) {
          return told(judge.get()); // whoever judged may have failed for reasons of its own
        }
        if (isFresh(known.begun, asked) || isConfirmed(found, asked)) {
          return found.told();
        }
        stale = known; // what is begun from now on is fresh
      }
    }

    private static Told told(Found found) {
      return found == null ? null : found.told();
    }

    /** The judgement that has been begun, this one if there is none but a stale one. */
    private Judgement begin(Place place, Judgement mine, Judgement stale) {
      return judgements
          .asMap()
          .compute(place, (_, other) -> other == null || other == stale ? mine : other);
    }

    private static boolean isFresh(long begun, long asked) {
      return asked - begun < FRESH.toNanos();
    }

    private boolean isConfirmed(Found found, long asked) {
      Confirmation confirmation = latest;
      return confirmation.schema == found.schema() && isFresh(confirmation.begun, asked);
    }

    private Found judge(Place place, Judgement mine, Supplier<Found> judge) {
      Found found = null;
      try {
        found = judge.get();
        return found;
      } finally {
        mine.result.complete(found);
        if (found != null) {
          judgements.asMap().replace(place, mine, mine); // now that it can be weighed
          if (!found.told().last()) {
            latest = new Confirmation(mine.begun, found.schema());
          }
        }
      }
    }

    void leave() {
      members.decrementAndGet();
    }
  }
}
