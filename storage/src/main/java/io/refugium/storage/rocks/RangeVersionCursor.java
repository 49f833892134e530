package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;

/** The versions of all keys of a range between two times, in the order they lie in. */
final class RangeVersionCursor extends RocksVersionCursor {
  private final KeyRange range;
  private final byte[] end; // physical; null for the end of the keyspace
  private final long oldest;
  private final long newest;

  /** Both times inclusive. */
  RangeVersionCursor(RocksReader reader, KeyRange range, long oldest, long newest) {
    super(reader);
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
}
