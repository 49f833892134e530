package io.refugium.database.keys;

import io.refugium.storage.KeyRange;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The stored form of a range of keys that was abandoned: length of the lower bound, lower bound,
 * upper bound.
 */
public final class Garbage {
  private Garbage() {}

  public static byte[] encode(KeyRange range) {
    return ByteBuffer.allocate(Integer.BYTES + range.from().length + range.to().length)
        .putInt(range.from().length)
        .put(range.from())
        .put(range.to())
        .array();
  }

  public static KeyRange decode(byte[] stored) {
    int length = ByteBuffer.wrap(stored).getInt();
    int middle = Integer.BYTES + length;
    return KeyRange.of(
        Arrays.copyOfRange(stored, Integer.BYTES, middle),
        Arrays.copyOfRange(stored, middle, stored.length));
  }
}
