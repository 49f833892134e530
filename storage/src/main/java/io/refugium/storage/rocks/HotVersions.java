package io.refugium.storage.rocks;

import io.refugium.storage.Version;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Newest versions of keys that are read again and again, such as what every request needs to know
 * who is asking: found here they cost no call into RocksDB. A table of fixed size in which each key
 * has one possible place. Thread-safe.
 *
 * <p>Invariant: a version found here for a time is the one that the store has for it. Two rules
 * keep it. The committer clears the place of every key it writes before the commit becomes visible,
 * so nobody who may see the commit finds what it replaced. And a place that was cleared for a
 * commit at time T is filled again only by a reader at T or later, in exchange for the very state
 * it found before it read: so what it read was, and still is, the newest version.
 */
final class HotVersions {
  private static final int PLACES = 1 << 14;

  /** Larger values are not worth their memory. */
  private static final int MAX_VALUE_BYTES = 1024;

  /**
   * One in so many readers of another key takes over a place: keys in constant use come back at
   * once, keys that are read once hardly ever get in.
   */
  private static final int RELUCTANCE = 8;

  private final AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(PLACES);

  /**
   * The state of a place. Every state is another object, so that exchanging it notices any change
   * in between.
   *
   * @param since the time of the last commit for which the place was cleared
   * @param key null when the place is empty
   */
  record Place(long since, byte[] key, Version version) {
    /** The version of this key for a reader at {@code at}, or null when it is not here. */
    Version find(byte[] wanted, long at) {
      return key != null && version.time() <= at && Arrays.equals(key, wanted) ? version : null;
    }
  }

  /**
   * An empty table.
   *
   * @param since the time of the last commit before the first one that will be told to {@link
   *     #clear}
   */
  HotVersions(long since) {
    Place unused = new Place(since, null, null);
    for (int i = 0; i < PLACES; i++) {
      places.set(i, unused);
    }
  }

  private static int index(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return hash >>> Integer.numberOfLeadingZeros(PLACES - 1);
  }

  /** The state of the place of a key, to be asked before the store is. */
  Place place(byte[] key) {
    return places.get(index(key));
  }

  /**
   * Offers what a reader at {@code at} found in the store.
   *
   * @param before what {@link #place} said before it read
   */
  void offer(byte[] key, Version version, long at, Place before) {
    boolean welcome =
        at >= before.since
            && version.value().length <= MAX_VALUE_BYTES
            && (before.key == null || ThreadLocalRandom.current().nextInt(RELUCTANCE) == 0);
    if (welcome) {
      places.compareAndSet(index(key), before, new Place(before.since, key, version));
    }
  }

  /** Clears the place of a key that a commit at {@code time} writes, before it becomes visible. */
  void clear(byte[] key, long time) {
    places.set(index(key), new Place(time, null, null));
  }
}
