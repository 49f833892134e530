package io.refugium.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of all requests that are being read or served: so that many clients at once, who need
 * not even have a secret, cannot use up the heap. Thread-safe.
 *
 * <p>Invariant: no more is held than the limit allows, and large requests leave half of it to small
 * ones.
 */
final class PendingBytes {
  /** What a request takes besides its body. */
  static final int EACH = 4 * 1024;

  /** A body of up to this many bytes makes no large request. */
  static final int SMALL = 64 * 1024;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /** Nothing yet, and so many bytes at most. */
  PendingBytes(long most) {
    this.most = most;
  }

  /** How much is held. */
  long held() {
    return held.get();
  }

  /** Room for a request that comes; whether there is any, {@link Share#isRefused} says. */
  Share enter() {
    Share share = new Share();
    share.grow(EACH);
    return share;
  }

  /** The memory of one request, given back when it is closed. Not thread-safe. */
  final class Share implements AutoCloseable {
    private long bytes;
    private boolean refused;

    private Share() {}

    /** Takes more; false, now and from now on, if there is no room. */
    boolean grow(long more) {
      long allowed = bytes + more > EACH + SMALL ? most / 2 : most;
      refused |= held.addAndGet(more) > allowed;
      bytes += more;
      if (refused) {
        close();
      }
      return !refused;
    }

    /** Whether there was no room; then nothing is held. */
    boolean isRefused() {
      return refused;
    }

    @Override
    public void close() {
      held.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
