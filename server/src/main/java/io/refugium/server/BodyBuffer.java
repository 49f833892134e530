package io.refugium.server;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects a body of known or unknown length up to a limit. What exceeds the limit is counted and
 * thrown away: a client that is still sending would miss the answer. Not thread-safe.
 */
final class BodyBuffer {

  private static final int FIRST_GUESS = 8 * 1024;

  private final int limit;
  private byte[] bytes;
  private int length;
  private long received;

  /**
   * A buffer.
   *
   * @param announced the announced length, or a negative number if there is none
   */
  BodyBuffer(long announced, int limit) {
    this.limit = limit;
    this.bytes = new byte[(int) Math.min(announced < 0 ? FIRST_GUESS : announced, limit)];
  }

  /** Takes what remains in {@code more}. */
  void append(ByteBuffer more) {
    int size = more.remaining();
    received += size;
    if (received > limit) {
      return;
    }
    if (size > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(received, bytes.length * 2L)));
    }
    more.get(bytes, length, size);
    length += size;
  }

  /** How many bytes have come so far, kept or not. */
  long received() {
    return received;
  }

  /** The body; null if it exceeded the limit. */
  byte[] bytes() {
    if (received > limit) {
      return null;
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
