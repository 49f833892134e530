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
 * <p>Invariant: what a stream is told of a commit was judged with its lease, at a snapshot that is
 * not before the commit and was taken no longer than {@link #FRESH} before the stream asked. So
 * rights that are withdrawn no longer count for anything that is committed afterwards, and for what
 * was committed before they are gone that much later than if each stream asked for itself.
 *
 * <p>Thread-safe.
 */
final class Audiences {
  /** What is kept of all audiences together, in bytes. */
  static final int MOST_BYTES = 16 << 20;

  /** For so long, from the moment it was begun, a judgement serves those who ask. */
  static final Duration FRESH = Duration.ofMillis(20);

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
            .expireAfterWrite(FRESH)
            .maximumWeight(MOST_BYTES)
            .weigher((Place place, Judgement of) -> of.size())
            .build();
  }

  private record Name(Credentials credentials, Lease lease, Object watched) {}

  private record Place(Audience audience, long commit) {}

  /** A judgement that somebody has begun. */
  private final class Judgement {
    private final long begun = nanoTime.getAsLong();
    private final CompletableFuture<Told> result = new CompletableFuture<>();

    boolean isFresh() {
      return nanoTime.getAsLong() - begun < FRESH.toNanos();
    }

    int size() {
      Told told = result.getNow(null);
      return told == null ? 0 : told.size();
    }
  }

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
    Told tell(long commit, Supplier<Told> judge) {
      if (members.get() < 2) {
        return judge.get();
      }
      Place place = new Place(this, commit);
      Judgement known = judgements.getIfPresent(place);
      if (known == null || !known.isFresh()) {
        Judgement mine = new Judgement();
        known =
            judgements
                .asMap()
                .compute(place, (_, other) -> other != null && other.isFresh() ? other : mine);
        if (known == mine) {
          return judge(place, mine, judge);
        }
      }
      Told told = known.result.join();
      // Whoever judged may have failed for reasons of its own.
      return told == null || lease.isOver() ? judge.get() : told;
    }

    private Told judge(Place place, Judgement mine, Supplier<Told> judge) {
      Told told = null;
      try {
        told = judge.get();
        return told;
      } finally {
        mine.result.complete(told);
        judgements.asMap().replace(place, mine, mine); // now that it can be weighed
      }
    }

    void leave() {
      members.decrementAndGet();
    }
  }
}
