package io.refugium.storage;

/**
 * The store as it was at one time. Owns the cursors it hands out and closes them with itself, so a
 * request only has to close its reader.
 *
 * <p>Invariant: whatever is committed, pruned or read meanwhile, all answers of one reader belong
 * to the same state, or the read fails with {@link StorageException.Pruned}.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public interface Reader extends AutoCloseable {
  /** The time this reader reads at, in microseconds since the epoch. */
  long at();

  /**
   * The newest version of {@code key} at or before {@link #at}.
   *
   * @return null when the key did not exist then
   * @throws StorageException when the store cannot be read
   */
  Version get(byte[] key);

  /**
   * The keys of {@code range} that existed at {@link #at}. Nothing is read before the first {@link
   * Cursor#next}.
   *
   * @param expected how many entries the caller expects to take; only a hint, 0 when unknown
   */
  Cursor scan(KeyRange range, Direction direction, int expected);

  /**
   * The versions of {@code key} with {@code fromTime <= time < toTime} and {@code time <= at()};
   * descending is newest first. Versions that were pruned are missing.
   */
  VersionCursor versions(byte[] key, long fromTime, long toTime, Direction direction);

  /** All versions of {@code key} at or before {@link #at}. */
  default VersionCursor versions(byte[] key, Direction direction) {
    return versions(key, 0, Long.MAX_VALUE, direction);
  }

  /**
   * The versions, deletions included, of all keys of {@code range} with {@code fromTime <= time <
   * toTime} and {@code time <= at()}: key by key in ascending order, newest first within a key.
   * Versions that were pruned are missing.
   */
  VersionCursor versions(KeyRange range, long fromTime, long toTime);

  /** Releases the reader and its cursors; the second time does nothing. */
  @Override
  void close();
}
