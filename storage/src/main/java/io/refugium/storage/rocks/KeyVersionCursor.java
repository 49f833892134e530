package io.refugium.storage.rocks;

import io.refugium.storage.Direction;
import io.refugium.storage.StorageException;
import io.refugium.storage.VersionCursor;

/** The versions of one key between two times, deletions included. */
final class KeyVersionCursor implements VersionCursor {
  private final RocksReader reader;
  private final byte[] stem;
  private final long oldest;
  private final long newest;
  private final Direction direction;
  private VersionIterator iterator;
  private boolean onVersion;
  private boolean closed;

  /** Both times inclusive. */
  KeyVersionCursor(RocksReader reader, byte[] key, long oldest, long newest, Direction direction) {
    this.reader = reader;
    this.stem = PhysicalKey.stem(key);
    this.oldest = Math.max(0, oldest);
    this.newest = newest;
    this.direction = direction;
  }

  @Override
  public boolean next() {
    requireOpen();
    if (oldest > newest || (iterator != null && !onVersion)) {
      return false;
    }
    boolean valid = iterator == null ? begin() : move();
    onVersion =
        valid
            && iterator.hasStem(stem, stem.length)
            && iterator.time() >= oldest
            && iterator.time() <= newest;
    return onVersion;
  }

  private boolean begin() {
    iterator = reader.acquire();
    return switch (direction) {
      case DESCENDING -> iterator.seek(PhysicalKey.withVersion(stem, stem.length, newest, true));
      case ASCENDING ->
          iterator.seekForPrevious(PhysicalKey.withVersion(stem, stem.length, oldest, false));
    };
  }

  private boolean move() {
    return direction == Direction.DESCENDING ? iterator.next() : iterator.previous();
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
