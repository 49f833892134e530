package io.refugium.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;

/** Order and neighbours of keys: byte strings compared byte by byte, unsigned, shorter first. */
public final class Keys {
  /** The order of all keys of a store. */
  public static final Comparator<byte[]> ORDER = Keys::compare;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Keys() {}

  /** Compares two keys; negative, zero or positive like {@link Comparator#compare}. */
  public static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  /**
   * A hash of which every bit depends on every byte. Keys differ in a few low bytes of their
   * numbers, which {@link Arrays#hashCode} adds up to a few thousand different sums.
   */
  public static long hash(byte[] key) {
    long hash = key.length;
    int i = 0;
    for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(key, i));
    }
    long rest = 0;
    for (; i < key.length; i++) {
      rest = rest << Byte.SIZE | key[i] & 0xff;
    }
    return mix(hash ^ rest);
  }

  private static long mix(long bits) {
    long product = (bits ^ bits >>> 32) * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 29;
  }

  /** The smallest key greater than {@code key}. */
  public static byte[] successor(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /**
   * The smallest key greater than every key that starts with {@code prefix}, or null when there is
   * none (the prefix is empty or all {@code 0xff}).
   */
  public static byte[] afterPrefix(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] after = Arrays.copyOf(prefix, last + 1);
    after[last]++;
    return after;
  }

  /** Whether {@code key} starts with {@code prefix}. */
  public static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
