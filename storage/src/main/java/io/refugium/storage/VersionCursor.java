package io.refugium.storage;

/**
 * Walks over the versions of one key, or of each key of a range, deletions included. Starts before
 * the first version.
 *
 * <p>Not thread-safe. Belongs to the {@link Reader} that made it, which closes it at the latest.
 */
public interface VersionCursor extends AutoCloseable {
  /** Moves to the next version; false when there is none. */
  boolean next();

  /** The key of the current version; owned by the caller. */
  byte[] key();

  /** The commit time of the current version, in microseconds since the epoch. */
  long time();

  /** The value of the current version, owned by the caller; null when the key was deleted then. */
  byte[] value();

  /** Releases the cursor; the second time does nothing. */
  @Override
  void close();
}
