package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;
import io.refugium.storage.StorageException;
import io.refugium.storage.VersionCursor;

/** The versions of all keys of a range between two times, in the order they lie in. */
final class RangeVersionCursor implements VersionCursor {
  private final RocksReader reader;
  private final KeyRange range;
  private final byte[] end; // physical; null for the end of the keyspace
  private final long oldest;
  private final long newest;
  private VersionIterator iterator;
  private boolean onVersion;
  private boolean closed;

  /** Both times inclusive. */
  RangeVersionCursor(RocksReader reader, KeyRange range, long oldest, long newest) {
    this.reader = reader;
    this.range = range;
    this.end = range.to() == null ? null : PhysicalKey.stem(range.to());
    this.oldest = Math.max(0, oldest);
    this.newest = newest;
  }

  @Override
  public boolean next() {
    requireOpen();
    if (range.isEmpty() || oldest > newest || (iterator != null && !onVersion)) {
      return false;
    }
    boolean valid = iterator == null ? begin() : iterator.next();
    while (valid && !isPastEnd() && !isWithinTimes()) {
      valid = iterator.next();
    }
    onVersion = valid && !isPastEnd();
    return onVersion;
  }

  private boolean begin() {
    iterator = reader.acquire();
    return iterator.seek(PhysicalKey.stem(range.from()));
  }

  private boolean isPastEnd() {
    return end != null && iterator.compareTo(end) >= 0;
  }

  private boolean isWithinTimes() {
    return iterator.time() >= oldest && iterator.time() <= newest;
  }

  @Override
  public byte[] key() {
    requireVersion();
    return iterator.key();
  }

  @Override
  public long time() {
    requireVersion();
    return iterator.time();
  }

  @Override
  public byte[] value() {
    requireVersion();
    return iterator.isDeletion() ? null : iterator.value();
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the cursor is closed");
    }
    reader.requireOpen();
  }

  private void requireVersion() {
    requireOpen();
    if (!onVersion) {
      throw new IllegalStateException("the cursor is not on a version");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (iterator != null) {
        reader.release(iterator);
      }
    }
  }
}
