package io.refugium.storage.rocks;

import io.refugium.storage.VersionCursor;

/** A cursor that shows the version its iterator stands on. */
abstract class RocksVersionCursor extends RocksCursor implements VersionCursor {
  boolean onVersion;

  RocksVersionCursor(RocksReader reader) {
    super(reader);
  }

  @Override
  public final byte[] key() {
    requireVersion();
    return iterator.key();
  }

  @Override
  public final long time() {
    requireVersion();
    return iterator.time();
  }

  @Override
  public final byte[] value() {
    requireVersion();
    return iterator.isDeletion() ? null : iterator.value();
  }

  private void requireVersion() {
    requireOpen();
    if (!onVersion) {
      throw new IllegalStateException("the cursor is not on a version");
    }
  }
}
