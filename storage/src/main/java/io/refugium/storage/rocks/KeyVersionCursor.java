package io.refugium.storage.rocks;

import io.refugium.storage.Direction;

/** The versions of one key between two times, deletions included. */
final class KeyVersionCursor extends RocksVersionCursor {
  private final byte[] stem;
  private final long oldest;
  private final long newest;
  private final Direction direction;

  /** Both times inclusive. */
  KeyVersionCursor(RocksReader reader, byte[] key, long oldest, long newest, Direction direction) {
    super(reader);
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
}
