package io.refugium.storage.memory;

import io.refugium.storage.VersionCursor;
import io.refugium.storage.memory.MemoryStore.Cell;
import java.util.Iterator;
import java.util.Map;

/** Walks over a slice of the versions. */
final class MemoryVersionCursor implements VersionCursor {
  private final Iterator<Map.Entry<VersionKey, Cell>> entries;
  private Map.Entry<VersionKey, Cell> current;

  MemoryVersionCursor(Iterator<Map.Entry<VersionKey, Cell>> entries) {
    this.entries = entries;
  }

  @Override
  public boolean next() {
    current = entries.hasNext() ? entries.next() : null;
    return current != null;
  }

  @Override
  public byte[] key() {
    return current.getKey().key().clone();
  }

  @Override
  public long time() {
    return current.getKey().time();
  }

  @Override
  public byte[] value() {
    byte[] value = current.getValue().value();
    return value == null ? null : value.clone();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
