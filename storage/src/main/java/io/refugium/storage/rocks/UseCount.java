package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts who is using native objects, so that they are not released under anybody's feet: that
 * would crash the process.
 */
final class UseCount {
  private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

  private final AtomicInteger users = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Begins a use; must be followed by {@link #exit}.
   *
   * @throws StorageException.Closed when the store is closing
   */
  void enter() {
    users.incrementAndGet();
    if (closed.get()) {
      users.decrementAndGet();
      throw new StorageException.Closed("the store is closed");
    }
  }

  /**
   * Ends a long use when the store is closing.
   *
   * @throws StorageException.Closed then
   */
  void requireOpen() {
    if (closed.get()) {
      throw new StorageException.Closed("the store is closed");
    }
  }

  void exit() {
    users.decrementAndGet();
  }

  int users() {
    return users.get();
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Refuses new uses from now on; false when it did so before. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }

  /** Waits for the present users to finish; false when some did not in time. */
  boolean awaitUnused(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (users.get() > 0) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
