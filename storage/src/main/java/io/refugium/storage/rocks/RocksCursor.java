package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;

/**
 * What every cursor of this engine holds: an iterator lent by its reader on the first move and
 * given back exactly once. Confined to one thread, like its reader.
 */
abstract class RocksCursor implements AutoCloseable {
  final RocksReader reader;

  /** Null before the first move. */
  VersionIterator iterator;

  private boolean closed;

  RocksCursor(RocksReader reader) {
    this.reader = reader;
  }

  final void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the cursor is closed");
    }
    reader.requireOpen();
  }

  /** Gives the iterator back; the second time does nothing. */
  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      if (iterator != null) {
        reader.release(iterator);
      }
    }
  }
}
