package io.refugium.storage;

import java.nio.file.Path;
import java.util.function.ToLongFunction;

/**
 * A durable, ordered map of versioned keys with atomic, validated commits. Keys and values are
 * plain bytes; what they mean is the business of the layers above.
 *
 * <p>Every version carries the time of the commit that wrote it, in microseconds since the epoch.
 * Commit times are strictly increasing, also across restarts and when the clock steps back. A
 * transaction takes a {@linkplain #readPoint read point}, reads through a {@linkplain #reader
 * reader} at that time, and hands what it read and writes to {@link #commit}. Transactions that do
 * so are strictly serializable: they appear to have happened one after the other, in the order of
 * their commit times, each between its call and its answer. A transaction that writes nothing needs
 * no commit.
 *
 * <p>Thread-safe. Blocking calls may be made from virtual threads.
 */
public interface Store extends AutoCloseable {
  /**
   * A time at which the state of the store is complete and final: later than any commit
   * acknowledged so far, never going back from one call to the next, and every later commit is
   * given a later time. It follows the clock while nothing is being committed. Microseconds since
   * the epoch.
   */
  long readPoint();

  /**
   * Opens a reader at {@code at}, a present or past read point.
   *
   * @param at microseconds since the epoch
   * @throws IllegalArgumentException when {@code at} lies after {@link #readPoint}, where the state
   *     is not final yet
   * @throws StorageException.Closed when the store was closed
   */
  Reader reader(long at);

  /** Opens a reader at the current read point. */
  default Reader reader() {
    return reader(readPoint());
  }

  /**
   * Validates what the transaction read, then makes its writes durable and visible, all or none.
   * Blocks until the outcome is known; commits that wait together share one sync.
   *
   * @return {@link CommitResult.Committed}, or {@link CommitResult.Conflict} when something it read
   *     was written by a commit after its read point
   * @throws StorageException when nothing was written ({@link StorageException.Busy}, {@link
   *     StorageException.Closed}, {@link StorageException.Pruned} when it edits history before a
   *     prune floor) or the outcome is unknown ({@link StorageException.Io}, {@link
   *     StorageException.Full})
   */
  CommitResult commit(Commit commit);

  /**
   * Subscribes to the commits after {@code after} that write into {@code range}.
   *
   * @param after microseconds since the epoch, exclusive; usually a read point or the {@linkplain
   *     Subscription#position position} of an earlier subscription
   * @throws StorageException.Pruned when commits after {@code after} are no longer kept
   */
  Subscription changes(KeyRange range, long after);

  /**
   * Gives up the history of {@code range} before {@code floor}: removes, of every key, the versions
   * that no reader at or after {@code floor} can see. Afterwards readers before {@code floor} are
   * refused in that range with {@link StorageException.Pruned}, and so are subscriptions that would
   * have to start before it. A floor below one in force does nothing. Pruning the whole keyspace
   * includes {@link #forgetChanges}.
   *
   * @param floor microseconds since the epoch
   * @throws IllegalArgumentException when {@code floor} lies after {@link #readPoint}
   */
  void prune(KeyRange range, long floor);

  /**
   * Gives up history key by key, and the changes with it: removes, of every key written up to
   * {@code horizon} since changes were last forgotten, the versions that no reader at or after the
   * key's own floor can see, then does {@link #forgetChanges}. No floor is put on record: the
   * caller refuses readers below it. A key whose floor lies before the horizon is not looked at
   * again; use {@link #prune(KeyRange, long)} for it.
   *
   * @param horizon microseconds since the epoch; no open reader may be older
   * @param floors the floor of each key; capped at the horizon, 0 to keep everything
   * @throws IllegalArgumentException when {@code horizon} lies after {@link #readPoint}
   */
  void prune(long horizon, ToLongFunction<byte[]> floors);

  /**
   * Gives up the record of the commits up to {@code floor}, which subscriptions are served from:
   * afterwards those that would have to start before it are refused with {@link
   * StorageException.Pruned}. Versions stay as they are. Ranges whose prune floor is lower can
   * still be pruned, but at the cost of scanning them. A floor below one in force does nothing.
   *
   * @param floor microseconds since the epoch
   * @throws IllegalArgumentException when {@code floor} lies after {@link #readPoint}
   */
  void forgetChanges(long floor);

  /** {@link #prune(KeyRange, long)} of the whole keyspace. */
  default void prune(long floor) {
    prune(KeyRange.all(), floor);
  }

  /**
   * Writes a complete copy of the store as of now into a new directory, without stopping anybody.
   * The copy can be opened as a store.
   *
   * @param directory must not exist; its parent must
   * @return the time of the newest commit in the copy, which has every commit up to it, all that
   *     were acknowledged before the call among them, and none after it; microseconds since the
   *     epoch, 0 for an empty store
   * @throws StorageException.Io when the copy cannot be made
   * @throws UnsupportedOperationException when the engine keeps nothing on disk
   */
  long checkpoint(Path directory);

  /** Counters for metrics. */
  StoreStats stats();

  /** Whether it accepts commits: not after a write has failed, and not when it is closed. */
  boolean isWritable();

  /**
   * Finishes the commits being written, refuses the others with {@link StorageException.Closed},
   * waits for open readers, and releases the store. The second time does nothing.
   */
  @Override
  void close();
}
