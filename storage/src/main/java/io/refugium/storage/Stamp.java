package io.refugium.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in a written key or value that the committer fills with the commit time: the eight bytes
 * at {@code offset}, big-endian, become {@code time ^ mask}. Whatever the caller put there before
 * is lost.
 *
 * @param offset index of the first of the eight bytes
 * @param mask bits to flip: 0 for ascending order, -1 for newest first, {@link Long#MIN_VALUE} for
 *     the order-preserving form of a signed number
 */
public record Stamp(int offset, long mask) {
  /** Number of bytes a stamp fills. */
  public static final int BYTES = Long.BYTES;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A stamp that sorts oldest first. */
  public static Stamp ascending(int offset) {
    return new Stamp(offset, 0);
  }

  /** A stamp that sorts newest first. */
  public static Stamp descending(int offset) {
    return new Stamp(offset, -1);
  }

  /** Whether the eight bytes lie within an array of {@code length} bytes. */
  boolean fits(int length) {
    return offset >= 0 && offset <= length - BYTES;
  }

  void fill(byte[] bytes, long time) {
    BIG_ENDIAN.set(bytes, offset, time ^ mask);
  }
}
