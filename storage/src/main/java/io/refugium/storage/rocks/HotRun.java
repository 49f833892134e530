package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.util.Arrays;

/**
 * All keys of a range with their newest versions, as they were at one time. Immutable but for the
 * mark of use; the arrays are shared with who walks over them and must not be written to.
 */
final class HotRun {
  /** What a key costs beside its bytes and those of its value: headers, references, its time. */
  private static final int BYTES_PER_KEY = 48;

  private static final byte[][] NONE = {};

  private final KeyRange range;
  private final long since;
  private final byte[][] keys;
  private final byte[][] values;
  private final long[] times;
  private volatile boolean used;

  /**
   * @param since the time at which the range was read: earlier readers may have to see other keys
   */
  HotRun(KeyRange range, long since, byte[][] keys, byte[][] values, long[] times) {
    this.range = range;
    this.since = since;
    this.keys = keys;
    this.values = values;
    this.times = times;
  }

  /** Holds the place of a run that is being read; nobody can use it. */
  static HotRun claim(KeyRange range) {
    return new HotRun(range, Long.MAX_VALUE, NONE, NONE, new long[0]);
  }

  KeyRange range() {
    return range;
  }

  /** Whether a reader at {@code at} sees what is here. */
  boolean serves(long at) {
    return since <= at;
  }

  int size() {
    return keys.length;
  }

  byte[] key(int index) {
    return keys[index];
  }

  byte[] value(int index) {
    return values[index];
  }

  long time(int index) {
    return times[index];
  }

  /** The index of the first key at or after {@code key}; the size when there is none. */
  int indexOf(byte[] key) {
    int found = Arrays.binarySearch(keys, key, Keys.ORDER);
    return found >= 0 ? found : -found - 1;
  }

  /** Bytes of memory, about. */
  long bytes() {
    long bytes = range.from().length + (long) keys.length * BYTES_PER_KEY;
    for (int i = 0; i < keys.length; i++) {
      bytes += keys[i].length + values[i].length;
    }
    return bytes;
  }

  /** Marks the run as used. */
  void use() {
    if (!used) {
      used = true;
    }
  }

  /** Whether it was used since this was asked last. */
  boolean wasUsed() {
    boolean before = used;
    used = false;
    return before;
  }
}
