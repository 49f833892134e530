package io.refugium.storage.rocks;

import io.refugium.storage.Keys;
import io.refugium.storage.Version;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Newest versions of keys that are read again and again, such as what every request needs to know
 * who is asking, and the documents of a working set: found here they cost no call into RocksDB. A
 * table of fixed size in which each key has a home and may be kept there or in one of the places
 * beside it. Thread-safe.
 *
 * <p>Invariant: a version found here for a time is the one that the store has for it. Two rules
 * keep it. The committer stamps the home of every key it writes with the time of the commit, before
 * the commit becomes visible; that alone forgets all keys of that home, because what is kept of
 * them holds under an older stamp only. And a reader leaves what it found under the stamp that it
 * saw before it read, which must not be after its own time: so what it read was the newest version
 * then, and still is for as long as the stamp stays. The committer itself replaces what is kept of
 * a key by what it writes, under the new stamp.
 */
final class HotVersions {
  /** Of a heap of 8 GiB. */
  private static final int MAX_PLACES = 1 << 20;

  /** Larger values are not worth their memory. */
  private static final int MAX_VALUE_BYTES = 1024;

  /** Even with the largest values the table takes about an eighth of the heap. */
  private static final long HEAP_BYTES_PER_PLACE = 8L * MAX_VALUE_BYTES;

  /** How many places there are for a key: so many neighbours fill the table evenly. */
  private static final int CHOICES = 4;

  /**
   * One in so many readers of another key takes over a place: keys in constant use come back at
   * once, keys that are read once hardly ever get in.
   */
  private static final int RELUCTANCE = 16;

  private final AtomicReferenceArray<Kept> places =
      new AtomicReferenceArray<>(placesFor(Runtime.getRuntime().maxMemory()));

  /** For each home the time of the last commit that wrote a key that is at home there. */
  private final AtomicLongArray stamps = new AtomicLongArray(places.length());

  /**
   * A version that was the newest when it was read.
   *
   * @param stamp of the home, before the version was read
   */
  private record Kept(int home, long stamp, byte[] key, Version version) {
    boolean isOf(int otherHome, byte[] otherKey) {
      return home == otherHome && Arrays.equals(key, otherKey);
    }
  }

  /**
   * An empty table.
   *
   * @param since the time of the last commit before the first one that will be told to {@link
   *     #clear}
   */
  HotVersions(long since) {
    for (int i = 0; i < stamps.length(); i++) {
      stamps.setPlain(i, since); // nobody has seen the table yet
    }
  }

  /** A power of two, and enough for one home. */
  static int placesFor(long heapBytes) {
    return Math.clamp(Long.highestOneBit(heapBytes / HEAP_BYTES_PER_PLACE), CHOICES, MAX_PLACES);
  }

  private int home(byte[] key) {
    return (int) (Keys.hash(key) & stamps.length() - 1);
  }

  /** The version of a key for a reader at {@code at}, or null when it is not here. */
  Version find(byte[] key, long at) {
    int home = home(key);
    long stamp = stamps.get(home);
    for (int i = 0; i < CHOICES; i++) {
      Kept kept = places.get(home ^ i);
      if (kept != null && kept.isOf(home, key) && kept.stamp == stamp) {
        return kept.version.time() <= at ? kept.version : null;
      }
    }
    return null;
  }

  /** The stamp of the home of a key, to be asked for before the store is. */
  long stamp(byte[] key) {
    return stamps.get(home(key));
  }

  /**
   * Offers what a reader at {@code at} found in the store.
   *
   * @param stamp what {@link #stamp} said before it read
   */
  void offer(byte[] key, Version version, long at, long stamp) {
    int home = home(key);
    if (at < stamp || stamp != stamps.get(home) || version.value().length > MAX_VALUE_BYTES) {
      return;
    }
    int place = placeFor(home, key);
    if (place >= 0) {
      places.set(place, new Kept(home, stamp, key, version));
    }
  }

  /** A place of the key itself, or one that is free, or with some luck any other; otherwise -1. */
  private int placeFor(int home, byte[] key) {
    int free = -1;
    for (int i = 0; i < CHOICES; i++) {
      Kept kept = places.get(home ^ i);
      if (kept == null || kept.stamp != stamps.get(kept.home)) {
        free = home ^ i;
      } else if (kept.isOf(home, key)) {
        return home ^ i;
      }
    }
    int luck = ThreadLocalRandom.current().nextInt(RELUCTANCE * CHOICES);
    return free >= 0 || luck >= CHOICES ? free : home ^ luck;
  }

  /** Forgets a key that a commit at {@code time} writes, before it becomes visible. */
  void clear(byte[] key, long time) {
    stamps.set(home(key), time);
  }

  /**
   * Takes note of the version that a commit makes, before it becomes visible: it takes the place of
   * the one that is kept of the key, if there is one. What is updated all the time stays here so.
   */
  void renew(byte[] key, Version version) {
    int home = home(key);
    stamps.set(home, version.time());
    if (version.value().length > MAX_VALUE_BYTES) {
      return;
    }
    for (int i = 0; i < CHOICES; i++) {
      Kept kept = places.get(home ^ i);
      if (kept != null && kept.isOf(home, key)) {
        places.set(home ^ i, new Kept(home, version.time(), kept.key, version));
        return;
      }
    }
  }
}
