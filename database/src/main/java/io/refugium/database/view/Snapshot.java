package io.refugium.database.view;

import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.Store;
import io.refugium.storage.Version;
import io.refugium.storage.VersionCursor;
import java.util.HashMap;
import java.util.Map;

/**
 * The committed state that one transaction attempt sees: its snapshot, and earlier times on demand.
 * Closes everything it handed out with itself. Not thread-safe.
 */
public final class Snapshot implements AutoCloseable {
  /** A time to read at: the present of whatever snapshot is asked. */
  public static final long NOW = Long.MAX_VALUE;

  private final Store store;
  private final Reader present;
  private final Map<Long, Reader> past = new HashMap<>(0);

  public Snapshot(Store store, long time) {
    this.store = store;
    this.present = store.reader(time);
  }

  public long time() {
    return present.at();
  }

  /** Whether a requested time means the present of this snapshot. */
  public boolean isPresent(long at) {
    return at >= present.at();
  }

  public Version get(byte[] key, long at) {
    return reader(at).get(key);
  }

  Cursor scan(KeyRange range, long at, Direction direction, int expected) {
    return reader(at).scan(range, direction, expected);
  }

  public VersionCursor versions(byte[] key, long from, long to, Direction direction) {
    return present.versions(key, from, to, direction);
  }

  public VersionCursor versions(KeyRange range, long from, long to) {
    return present.versions(range, from, to);
  }

  private Reader reader(long at) {
    return isPresent(at) ? present : past.computeIfAbsent(at, store::reader);
  }

  @Override
  public void close() {
    past.values().forEach(Reader::close);
    present.close();
  }
}
