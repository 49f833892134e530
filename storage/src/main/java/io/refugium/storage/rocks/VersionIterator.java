package io.refugium.storage.rocks;

import java.util.Arrays;
import org.rocksdb.RocksIterator;

/**
 * A RocksDB iterator over versions which keeps the physical key it stands on in a buffer it reuses:
 * most keys passed on a scan are looked at and never copied.
 */
final class VersionIterator implements AutoCloseable {
  private static final int INITIAL_KEY_BYTES = 128;

  private final RocksIterator iterator;
  private byte[] physical = new byte[INITIAL_KEY_BYTES];
  private int length;

  VersionIterator(RocksIterator iterator) {
    this.iterator = iterator;
  }

  /** Moves to the first version at or after {@code target}; false when there is none. */
  boolean seek(byte[] target) {
    iterator.seek(target);
    return load();
  }

  /** Moves to the last version at or before {@code target}; false when there is none. */
  boolean seekForPrevious(byte[] target) {
    iterator.seekForPrev(target);
    return load();
  }

  boolean seekToLast() {
    iterator.seekToLast();
    return load();
  }

  boolean next() {
    iterator.next();
    return load();
  }

  boolean previous() {
    iterator.prev();
    return load();
  }

  private boolean load() {
    if (!iterator.isValid()) {
      length = 0;
      Engine.requireHealthy(iterator);
      return false;
    }
    length = iterator.key(physical);
    if (length > physical.length) {
      physical = new byte[Math.max(length, 2 * physical.length)];
      length = iterator.key(physical);
    }
    return true;
  }

  /** The current physical key: the first {@link #length} bytes; overwritten by the next move. */
  byte[] physical() {
    return physical;
  }

  int length() {
    return length;
  }

  int stemLength() {
    return length - PhysicalKey.SUFFIX_BYTES;
  }

  long time() {
    return PhysicalKey.time(physical, length);
  }

  boolean isDeletion() {
    return PhysicalKey.isDeletion(physical, length);
  }

  byte[] value() {
    return iterator.value();
  }

  /**
   * Whether the current version belongs to the key whose stem is in the first bytes of {@code
   * other}.
   */
  boolean hasStem(byte[] other, int stemLength) {
    return stemLength() == stemLength
        && Arrays.equals(physical, 0, stemLength, other, 0, stemLength);
  }

  /** Compares the current physical key with a bound. */
  int compareTo(byte[] bound) {
    return Arrays.compareUnsigned(physical, 0, length, bound, 0, bound.length);
  }

  /** The current logical key. */
  byte[] key() {
    return PhysicalKey.key(physical, stemLength());
  }

  @Override
  public void close() {
    iterator.close();
  }
}
