package io.refugium.server;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects a body of known or unknown length, as far as the limit and the memory for requests go.
 * Memory is taken for what has come, not for what is announced. What is too much is counted and
 * thrown away: a client that is still sending would miss the answer. Not thread-safe.
 */
final class BodyBuffer {

  private static final int FIRST_GUESS = 8 * 1024;
  private static final byte[] NOTHING = {};

  private final int limit;
  private final int most;
  private final PendingBytes.Share share;
  private byte[] bytes;
  private int length;
  private long received;

  /**
   * A buffer.
   *
   * @param announced the announced length, or a negative number if there is none
   * @param share takes the memory, and has none when the server has too much to do
   */
  BodyBuffer(long announced, int limit, PendingBytes.Share share) {
    this.limit = limit;
    this.most = announced < 0 ? limit : (int) Math.min(announced, limit);
    this.share = share;
    int guess = announced < 0 ? FIRST_GUESS : PendingBytes.SMALL;
    this.bytes = memory(Math.min(guess, most));
  }

  private byte[] memory(int size) {
    return share.grow(size) ? new byte[size] : NOTHING;
  }

  /** Takes what remains in {@code more}. */
  void append(ByteBuffer more) {
    int size = more.remaining();
    received += size;
    if (!isComplete()) {
      return;
    }
    if (size > bytes.length - length && !grow()) {
      return;
    }
    more.get(bytes, length, size);
    length += size;
  }

  /** Makes room for all that was received; false if there is none. */
  private boolean grow() {
    int size = (int) Math.clamp(bytes.length * 2L, received, Math.max(received, most));
    if (!share.grow(size - bytes.length)) {
      bytes = NOTHING;
      return false;
    }
    bytes = Arrays.copyOf(bytes, size);
    return true;
  }

  private boolean isComplete() {
    return !isTooLarge() && !share.isRefused();
  }

  /** How many bytes have come so far, kept or not. */
  long received() {
    return received;
  }

  /** Whether the body exceeds the limit. */
  boolean isTooLarge() {
    return received > limit;
  }

  /** The body; null if it was too much. */
  byte[] bytes() {
    if (!isComplete()) {
      return null;
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
