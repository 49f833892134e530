package io.refugium.storage;

/**
 * Walks over the keys of a range, each with its newest version at or before the reader's time;
 * deleted keys are skipped. Starts before the first key.
 *
 * <p>Not thread-safe. Belongs to the {@link Reader} that made it, which closes it at the latest.
 */
public interface Cursor extends AutoCloseable {
  /**
   * Moves to the next key.
   *
   * @return false when there is none; {@link #seek} may be used afterwards
   */
  boolean next();

  /** The current key; the array may be shared and must not be written to. */
  byte[] key();

  /** The current value; the array may be shared and must not be written to. */
  byte[] value();

  /** The commit time of the current version, in microseconds since the epoch. */
  long time();

  /**
   * Positions the cursor so that the following {@link #next} yields the first key at or after
   * {@code key} in the direction of the scan (at or before it when descending), within the range.
   * May move forwards and backwards.
   */
  void seek(byte[] key);

  /** Releases the cursor; the second time does nothing. */
  @Override
  void close();
}
