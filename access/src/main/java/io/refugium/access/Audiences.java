package io.refugium.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.access.secret.Credentials;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Streams that must be told the same, because they came with the same credentials, hold the same
 * lease and watch the same: what one of them has been told of a commit is told to the others
 * without being judged again.
 *
 * <p>Invariant: that is done only while nothing at all has been committed since it was judged, so
 * each stream is told what it would be told if it asked for itself. Thread-safe.
 */
final class Audiences {
  /** What is kept of all audiences together, in bytes. */
  static final int MOST_BYTES = 16 << 20;

  /** The clock goes on without commits, and documents end by their time to live. */
  static final Duration FRESH = Duration.ofMillis(20);

  private final LongSupplier lastCommit;
  private final Cache<Name, Audience> audiences =
      Caffeine.newBuilder().executor(Runnable::run).weakValues().build();
  private final Cache<Place, Judged> judged;

  /**
   * No audiences yet.
   *
   * @param lastCommit the time of the newest commit, in microseconds
   * @param nanoTime as {@link System#nanoTime}
   */
  Audiences(LongSupplier lastCommit, LongSupplier nanoTime) {
    this.lastCommit = lastCommit;
    this.judged =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(nanoTime::getAsLong)
            .expireAfterWrite(FRESH)
            .maximumWeight(MOST_BYTES)
            .weigher((Place place, Judged of) -> of.told().size())
            .build();
  }

  private record Name(Credentials credentials, Lease lease, Object watched) {}

  private record Place(Audience audience, long commit) {}

  /**
   * What was told.
   *
   * @param snapshot the time at which the rights were looked at
   */
  private record Judged(Told told, long snapshot) {}

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

    /** What is to be told of a commit, if it is known; otherwise null. */
    Told find(long commit) {
      if (isAlone() || lease.isOver()) {
        return null;
      }
      Judged found = judged.getIfPresent(new Place(this, commit));
      return found == null || lastCommit.getAsLong() > found.snapshot() ? null : found.told();
    }

    /** Keeps what was found at a snapshot to be told of a commit. */
    void keep(long commit, Told told, long snapshot) {
      if (!isAlone()) {
        judged.put(new Place(this, commit), new Judged(told, snapshot));
      }
    }

    private boolean isAlone() {
      return members.get() < 2;
    }

    void leave() {
      members.decrementAndGet();
    }
  }
}
