package io.refugium.storage.memory;

import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.Version;

/**
 * A scan over a {@link MemoryReader}: one look-up for each key.
 *
 * <p>{@link #bound} is where the rest of the range begins: its first key when ascending, the key
 * before which it ends when descending (null for the end of the keyspace).
 */
final class MemoryCursor implements Cursor {
  private final MemoryReader reader;
  private final KeyRange range;
  private final Direction direction;
  private byte[] bound;
  private byte[] key;
  private Version version;

  MemoryCursor(MemoryReader reader, KeyRange range, Direction direction) {
    this.reader = reader;
    this.range = range;
    this.direction = direction;
    this.bound = direction == Direction.ASCENDING ? range.from() : range.to();
  }

  @Override
  public boolean next() {
    boolean found = advance();
    reader.check(range);
    return found;
  }

  private boolean advance() {
    while (true) {
      byte[] candidate = reader.neighbour(bound, direction);
      if (candidate == null || !range.contains(candidate)) {
        key = null;
        version = null;
        return false;
      }
      bound = direction == Direction.ASCENDING ? Keys.successor(candidate) : candidate;
      version = reader.newest(candidate);
      if (version != null) {
        key = candidate;
        return true;
      }
    }
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public byte[] value() {
    return version.value();
  }

  @Override
  public long time() {
    return version.time();
  }

  @Override
  public void seek(byte[] target) {
    bound =
        switch (direction) {
          case ASCENDING -> Keys.compare(target, range.from()) < 0 ? range.from() : target;
          case DESCENDING -> range.isBeforeEnd(target) ? Keys.successor(target) : range.to();
        };
  }

  @Override
  public void close() {
    // holds nothing
  }
}
