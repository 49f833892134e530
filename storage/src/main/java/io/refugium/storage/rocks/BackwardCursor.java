package io.refugium.storage.rocks;

import io.refugium.storage.Cursor;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.util.Arrays;

/**
 * A descending scan. Backwards, a key is met at its oldest version, so its versions are followed
 * until they become newer than the reader's time or end; a key with many versions is searched by a
 * seek instead. The iterator then stands before the key already, which is why the entry is kept
 * here.
 */
final class BackwardCursor extends RocksCursor implements Cursor {
  /** Versions followed one by one before seeking. */
  private static final int STEPS = 8;

  private final KeyRange range;
  private final byte[] lower; // physical, inclusive
  private byte[] upper; // physical, exclusive; null for the end of the keyspace
  private boolean started;
  private boolean valid; // the iterator stands on a version of a key not looked at yet
  private byte[] stem; // of the key looked at
  private boolean onEntry;
  private long time;
  private byte[] value; // null when the newest version is a deletion, or all are too new

  BackwardCursor(RocksReader reader, KeyRange range) {
    super(reader);
    this.range = range;
    this.lower = PhysicalKey.stem(range.from());
    this.upper = range.to() == null ? null : PhysicalKey.stem(range.to());
  }

  @Override
  public boolean next() {
    requireOpen();
    onEntry = !range.isEmpty() && advance();
    reader.checkFloor(range);
    return onEntry;
  }

  private boolean advance() {
    if (!started) {
      begin();
    }
    while (valid && iterator.compareTo(lower) >= 0) {
      stem = Arrays.copyOf(iterator.physical(), iterator.stemLength());
      value = null;
      resolveKey();
      if (value != null) {
        return true;
      }
    }
    return false;
  }

  private void begin() {
    if (iterator == null) {
      iterator = reader.acquire();
    }
    // A stem is no version's physical key, so "at or before" is "before" here.
    valid = upper == null ? iterator.seekToLast() : iterator.seekForPrevious(upper);
    started = true;
  }

  /** Finds the version of the current key and leaves the iterator before the key. */
  private void resolveKey() {
    for (int step = 0; step < STEPS; step++) {
      if (iterator.time() > reader.at()) {
        valid = iterator.seekForPrevious(stem);
        return;
      }
      take();
      valid = iterator.previous();
      if (!valid || !iterator.hasStem(stem, stem.length)) {
        return;
      }
    }
    if (iterator.seek(PhysicalKey.withVersion(stem, stem.length, reader.at(), true))
        && iterator.hasStem(stem, stem.length)) {
      take();
    }
    valid = iterator.seekForPrevious(stem);
  }

  private void take() {
    time = iterator.time();
    value = iterator.isDeletion() ? null : iterator.value();
  }

  @Override
  public byte[] key() {
    requireEntry();
    return PhysicalKey.key(stem, stem.length);
  }

  @Override
  public byte[] value() {
    requireEntry();
    return value.clone();
  }

  @Override
  public long time() {
    requireEntry();
    return time;
  }

  @Override
  public void seek(byte[] key) {
    requireOpen();
    byte[] bound = range.isBeforeEnd(key) ? Keys.successor(key) : range.to();
    upper = PhysicalKey.stem(bound);
    started = false;
    onEntry = false;
  }

  private void requireEntry() {
    requireOpen();
    if (!onEntry) {
      throw new IllegalStateException("the cursor is not on an entry");
    }
  }
}
