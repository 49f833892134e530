package io.refugium.storage.rocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How a version of a key is laid out as a key of RocksDB: the escaped key, a terminator, and eight
 * bytes of inverted time, so that plain byte order is key order, and newest first within a key.
 *
 * <pre>
 *   escaped key    00 becomes 00 ff, everything else stays
 *   terminator     00 01
 *   suffix         ~(time << 1 | deleted), big-endian
 * </pre>
 *
 * The value of RocksDB is the value of the version, unchanged; a deletion has an empty one. Escaped
 * key and terminator together are called the <em>stem</em>: it is the same for all versions of a
 * key, and no stem is a prefix of another.
 */
final class PhysicalKey {
  /** Bytes after the stem. */
  static final int SUFFIX_BYTES = Long.BYTES;

  private static final byte ESCAPE = 0;
  private static final byte ESCAPED_ZERO = (byte) 0xff;
  private static final byte END = 1;
  private static final byte AFTER_END = 2;
  private static final int TERMINATOR_BYTES = 2;
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private PhysicalKey() {}

  /**
   * The stem of {@code key}: sorts before every version of it and after every version of smaller
   * keys.
   */
  static byte[] stem(byte[] key) {
    return escape(key, 0);
  }

  /** The stem of {@code key} with room for a suffix, see {@link #setVersion}. */
  static byte[] unversioned(byte[] key) {
    return escape(key, SUFFIX_BYTES);
  }

  /** The physical key of one version. */
  static byte[] version(byte[] key, long time, boolean deleted) {
    byte[] physical = unversioned(key);
    setVersion(physical, time, deleted);
    return physical;
  }

  /** Where a search for the newest version of {@code key} at or before {@code time} starts. */
  static byte[] seekTarget(byte[] key, long time) {
    return version(key, time, true);
  }

  /** Overwrites the suffix, the last eight bytes of {@code physical}. */
  static void setVersion(byte[] physical, long time, boolean deleted) {
    BIG_ENDIAN.set(physical, physical.length - SUFFIX_BYTES, ~(time << 1 | (deleted ? 1 : 0)));
  }

  /**
   * A copy of the stem in the first {@code stemLength} bytes of {@code physical}, with a suffix.
   */
  static byte[] withVersion(byte[] physical, int stemLength, long time, boolean deleted) {
    byte[] target = Arrays.copyOf(physical, stemLength + SUFFIX_BYTES);
    setVersion(target, time, deleted);
    return target;
  }

  /** What sorts after every version of the key with this stem and before every larger key. */
  static byte[] afterVersions(byte[] physical, int stemLength) {
    byte[] after = Arrays.copyOf(physical, stemLength);
    after[stemLength - 1] = AFTER_END;
    return after;
  }

  /** The commit time in the suffix of the first {@code length} bytes. */
  static long time(byte[] physical, int length) {
    return ~suffix(physical, length) >>> 1;
  }

  /** Whether the version in the first {@code length} bytes is a deletion. */
  static boolean isDeletion(byte[] physical, int length) {
    return (suffix(physical, length) & 1) == 0;
  }

  private static long suffix(byte[] physical, int length) {
    return (long) BIG_ENDIAN.get(physical, length - SUFFIX_BYTES);
  }

  /** The key whose stem is in the first {@code stemLength} bytes. */
  static byte[] key(byte[] physical, int stemLength) {
    int escapedLength = stemLength - TERMINATOR_BYTES;
    byte[] key = new byte[escapedLength - escapes(physical, escapedLength)];
    int from = 0;
    for (int to = 0; to < key.length; to++) {
      key[to] = physical[from];
      from += physical[from] == ESCAPE ? 2 : 1;
    }
    return key;
  }

  private static int escapes(byte[] escaped, int length) {
    int escapes = 0;
    for (int i = 0; i < length; i++) {
      if (escaped[i] == ESCAPE) {
        escapes++;
      }
    }
    return escapes;
  }

  private static byte[] escape(byte[] key, int spare) {
    int length = key.length + escapes(key, key.length);
    byte[] escaped = new byte[length + TERMINATOR_BYTES + spare];
    if (length == key.length) {
      System.arraycopy(key, 0, escaped, 0, length);
    } else {
      int to = 0;
      for (byte b : key) {
        escaped[to++] = b;
        if (b == ESCAPE) {
          escaped[to++] = ESCAPED_ZERO;
        }
      }
    }
    escaped[length] = ESCAPE;
    escaped[length + 1] = END;
    return escaped;
  }
}
