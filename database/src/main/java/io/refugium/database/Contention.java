package io.refugium.database;

import io.refugium.storage.Commit;
import io.refugium.storage.Write;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Queues for keys that transactions fight over. Who has lost because of a key runs again when it is
 * its turn, one after the other in the order of their losses, instead of all at once, of which all
 * but one would lose again. Who is about to lose for such a key for the first time can line up at
 * once ({@link #lineFor}). Nobody has to, so a turn is an advantage and no right: whether a
 * transaction may commit is decided by validation alone. Thread-safe.
 *
 * <p>Invariant: nobody waits for a turn while holding one, so there is no deadlock; and a key that
 * nobody waits for takes no memory.
 */
final class Contention {
  /**
   * How long a turn may last, in nanoseconds, before newcomers no longer line up behind it: who
   * needs long shall not hold up those that would be done before.
   */
  static final long LONGEST_BRIEF_TURN = 5_000_000;

  private final ConcurrentHashMap<Key, Queue> queues = new ConcurrentHashMap<>();

  private record Key(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** The transactions that have lost because of one key. */
  private static final class Queue {
    private final ReentrantLock turn = new ReentrantLock(true);
    private int members; // guarded by the map's entry
    private volatile long since = System.nanoTime(); // when the last turn began
  }

  /** A turn, until it is closed; by the thread that took it. */
  final class Turn implements AutoCloseable {
    private final Key key;
    private final Queue queue;

    private Turn(Key key, Queue queue) {
      this.key = key;
      this.queue = queue;
    }

    boolean isFor(byte[] other) {
      return Arrays.equals(key.bytes, other);
    }

    @Override
    public void close() {
      queue.turn.unlock();
      leave(key);
    }
  }

  /**
   * Waits for a turn of a key.
   *
   * @param nanos how long at most
   * @return null when it did not come in time, or the thread was interrupted
   */
  Turn await(byte[] bytes, long nanos) {
    Key key = new Key(bytes);
    Queue queue =
        queues.compute(
            key,
            (_, known) -> {
              Queue present = known == null ? new Queue() : known;
              present.members++;
              return present;
            });
    boolean taken = false;
    try {
      taken = queue.turn.tryLock(nanos, TimeUnit.NANOSECONDS);
      if (taken) {
        queue.since = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!taken) {
        leave(key);
      }
    }
    return taken ? new Turn(key, queue) : null;
  }

  /**
   * A key that others queue for and that a commit both has read and writes, so that it would very
   * likely lose against the one whose turn it is; null when there is none. A commit that only reads
   * such a key does not stand in line for it: many of those can succeed together.
   *
   * @param now as {@link System#nanoTime} tells it
   */
  byte[] lineFor(Commit commit, long now) {
    if (queues.isEmpty()) {
      return null;
    }
    for (Write write : commit.writes()) {
      Queue queue = queues.get(new Key(write.key()));
      if (queue != null
          && now - queue.since <= LONGEST_BRIEF_TURN
          && commit.readKeys().stream().anyMatch(key -> Arrays.equals(key, write.key()))) {
        return write.key();
      }
    }
    return null;
  }

  private void leave(Key key) {
    queues.computeIfPresent(key, (_, queue) -> --queue.members == 0 ? null : queue);
  }

  /** Keys that somebody waits for or has a turn of. */
  int size() {
    return queues.size();
  }
}
