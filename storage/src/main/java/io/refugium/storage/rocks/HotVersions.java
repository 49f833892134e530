package io.refugium.storage.rocks;

import io.refugium.storage.Version;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Newest versions of keys that are read again and again, such as what every request needs to know
 * who is asking, and the documents of a working set: found here they cost no call into RocksDB. A
 * table of fixed size in which each key has one possible place. Thread-safe.
 *
 * <p>Invariant: a version found here for a time is the one that the store has for it. Two rules
 * keep it. The committer stamps the place of every key it writes with the time of the commit,
 * before the commit becomes visible; that alone empties the place, because what is kept there holds
 * under an older stamp only. And a reader leaves what it found under the stamp that it saw before
 * it read, which must not be after its own time: so what it read was the newest version then, and
 * still is for as long as the stamp stays.
 */
final class HotVersions {
  private static final int MAX_PLACES = 1 << 17;

  /** Larger values are not worth their memory. */
  private static final int MAX_VALUE_BYTES = 1024;

  /** Even with the largest values the table takes about an eighth of the heap. */
  private static final long HEAP_BYTES_PER_PLACE = 8L * MAX_VALUE_BYTES;

  /**
   * One in so many readers of another key takes over a place: keys in constant use come back at
   * once, keys that are read once hardly ever get in.
   */
  private static final int RELUCTANCE = 16;

  private final AtomicReferenceArray<Kept> places =
      new AtomicReferenceArray<>(placesFor(Runtime.getRuntime().maxMemory()));

  /** For each place the time of the last commit that wrote a key of this place. */
  private final AtomicLongArray stamps = new AtomicLongArray(places.length());

  private final int shift = Integer.numberOfLeadingZeros(places.length() - 1);

  /**
   * A version that was the newest when it was read.
   *
   * @param stamp of the place, before the version was read
   */
  private record Kept(long stamp, byte[] key, Version version) {}

  /**
   * An empty table.
   *
   * @param since the time of the last commit before the first one that will be told to {@link
   *     #clear}
   */
  HotVersions(long since) {
    for (int i = 0; i < stamps.length(); i++) {
      stamps.set(i, since);
    }
  }

  /** A power of two. */
  static int placesFor(long heapBytes) {
    return Math.clamp(Long.highestOneBit(heapBytes / HEAP_BYTES_PER_PLACE), 2, MAX_PLACES);
  }

  private int place(byte[] key) {
    return (Arrays.hashCode(key) * 0x9E3779B9) >>> shift;
  }

  /** The version of a key for a reader at {@code at}, or null when it is not here. */
  Version find(byte[] key, long at) {
    int place = place(key);
    Kept kept = places.get(place);
    boolean holds =
        kept != null
            && kept.stamp == stamps.get(place)
            && kept.version.time() <= at
            && Arrays.equals(kept.key, key);
    return holds ? kept.version : null;
  }

  /** The stamp of the place of a key, to be asked for before the store is. */
  long stamp(byte[] key) {
    return stamps.get(place(key));
  }

  /**
   * Offers what a reader at {@code at} found in the store.
   *
   * @param stamp what {@link #stamp} said before it read
   */
  void offer(byte[] key, Version version, long at, long stamp) {
    int place = place(key);
    if (at < stamp || stamp != stamps.get(place) || version.value().length > MAX_VALUE_BYTES) {
      return;
    }
    Kept present = places.get(place);
    boolean free = present == null || present.stamp != stamp;
    if (free || ThreadLocalRandom.current().nextInt(RELUCTANCE) == 0) {
      places.set(place, new Kept(stamp, key, version));
    }
  }

  /** Empties the place of a key that a commit at {@code time} writes, before it becomes visible. */
  void clear(byte[] key, long time) {
    stamps.set(place(key), time);
  }
}
