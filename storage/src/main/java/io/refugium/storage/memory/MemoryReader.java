package io.refugium.storage.memory;

import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Version;
import io.refugium.storage.VersionCursor;
import io.refugium.storage.memory.MemoryStore.Cell;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;

/** Reads the versions of a {@link MemoryStore} at one time. */
final class MemoryReader implements Reader {
  private final MemoryStore store;
  private final NavigableMap<VersionKey, Cell> versions;
  private final long at;
  private boolean closed;

  MemoryReader(MemoryStore store, NavigableMap<VersionKey, Cell> versions, long at) {
    this.store = store;
    this.versions = versions;
    this.at = at;
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public Version get(byte[] key) {
    requireOpen();
    Version version = newest(key);
    store.floors().check(key, at);
    return version;
  }

  /**
   * The newest version of {@code key} at or before the reader's time; null when deleted or absent.
   */
  Version newest(byte[] key) {
    Map.Entry<VersionKey, Cell> entry = versions.ceilingEntry(new VersionKey(key, at));
    if (entry == null || !entry.getKey().hasKey(key) || entry.getValue().value() == null) {
      return null;
    }
    return new Version(entry.getKey().time(), entry.getValue().value().clone());
  }

  @Override
  public Cursor scan(KeyRange range, Direction direction, int expected) {
    requireOpen();
    return new MemoryCursor(this, range, direction);
  }

  @Override
  public VersionCursor versions(byte[] key, long fromTime, long toTime, Direction direction) {
    requireOpen();
    long newest = Math.min(at, toTime - 1);
    NavigableMap<VersionKey, Cell> slice =
        newest < fromTime
            ? Collections.emptyNavigableMap()
            : versions.subMap(
                new VersionKey(key, newest), true, new VersionKey(key, fromTime), true);
    return new MemoryVersionCursor(
        (direction == Direction.DESCENDING ? slice : slice.descendingMap()).entrySet().iterator());
  }

  @Override
  public VersionCursor versions(KeyRange range, long fromTime, long toTime) {
    requireOpen();
    long newest = Math.min(at, toTime - 1);
    return new MemoryVersionCursor(
        versions.tailMap(VersionKey.newest(range.from()), true).entrySet().stream()
            .takeWhile(version -> range.isBeforeEnd(version.getKey().key()))
            .filter(
                version -> version.getKey().time() <= newest && version.getKey().time() >= fromTime)
            .iterator());
  }

  /**
   * The next key in {@code direction} that has any version: at or after, or before, {@code key}.
   */
  byte[] neighbour(byte[] key, Direction direction) {
    VersionKey found =
        switch (direction) {
          case ASCENDING -> versions.ceilingKey(VersionKey.newest(key));
          case DESCENDING ->
              key == null
                  ? (versions.isEmpty() ? null : versions.lastKey())
                  : versions.lowerKey(VersionKey.newest(key));
        };
    return found == null ? null : found.key();
  }

  void check(KeyRange range) {
    requireOpen();
    store.floors().check(range, at);
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the reader is closed");
    }
    store.requireOpen();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.readerClosed();
    }
  }
}
