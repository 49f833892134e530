package io.refugium.storage.rocks;

import io.refugium.storage.Cursor;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import java.util.ArrayList;
import java.util.List;

/**
 * An ascending scan of RocksDB. Within a key the versions come newest first, so the first one not
 * after the reader's time is the one; the others of that key are passed over, by steps while they
 * are few, by a seek when they are many.
 */
final class ForwardCursor extends RocksCursor implements Cursor {
  /** Versions passed one by one before seeking. */
  private static final int STEPS = 4;

  private final KeyRange range;
  private final byte[] end; // physical; null for the end of the keyspace
  private byte[] start; // where to seek before the next move; null when the iterator is in place
  private byte[] stem = new byte[64]; // of the current key, in the first stemLength bytes
  private int stemLength;
  private boolean onEntry;
  private boolean metNewer; // passed versions newer than the reader's time

  ForwardCursor(RocksReader reader, KeyRange range) {
    super(reader);
    this.range = range;
    this.start = PhysicalKey.stem(range.from());
    this.end = range.to() == null ? null : PhysicalKey.stem(range.to());
  }

  @Override
  public boolean next() {
    requireOpen();
    boolean found = !range.isEmpty() && advance();
    onEntry = found;
    reader.checkFloor(range);
    return found;
  }

  private boolean advance() {
    boolean valid = start != null ? begin() : onEntry && passKey();
    while (valid && !isPastEnd()) {
      if (iterator.time() > reader.at()) {
        metNewer = true;
        valid = passNewer();
      } else if (iterator.isDeletion()) {
        valid = passKey();
      } else {
        rememberStem();
        return true;
      }
    }
    return false;
  }

  /**
   * Walks from the beginning of the range as far as a run goes.
   *
   * @return null when something there is newer than the reader
   */
  HotRun readRun() {
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long bytes = 0;
    boolean more = next();
    while (more && keys.size() < HotRuns.MAX_KEYS && bytes < HotRuns.MAX_RUN_BYTES) {
      keys.add(key());
      values.add(value());
      times.add(time());
      bytes += keys.getLast().length + values.getLast().length;
      more = next();
    }
    if (metNewer) {
      return null;
    }
    byte[] to = more ? Keys.successor(keys.getLast()) : range.to();
    return new HotRun(
        KeyRange.of(range.from(), to),
        reader.at(),
        keys.toArray(byte[][]::new),
        values.toArray(byte[][]::new),
        times.stream().mapToLong(Long::longValue).toArray());
  }

  private boolean begin() {
    if (iterator == null) {
      iterator = reader.acquire();
    }
    boolean valid = iterator.seek(start);
    start = null;
    return valid;
  }

  /** Moves past versions of this key that the reader must not see; may end on another key. */
  private boolean passNewer() {
    rememberStem();
    for (int step = 0; step < STEPS; step++) {
      if (!iterator.next()) {
        return false;
      }
      if (iterator.time() <= reader.at() || !iterator.hasStem(stem, stemLength)) {
        return true;
      }
    }
    return iterator.seek(PhysicalKey.withVersion(stem, stemLength, reader.at(), true));
  }

  /** Moves past the remaining versions of this key. */
  private boolean passKey() {
    rememberStem();
    for (int step = 0; step < STEPS; step++) {
      if (!iterator.next()) {
        return false;
      }
      if (!iterator.hasStem(stem, stemLength)) {
        return true;
      }
    }
    return iterator.seek(PhysicalKey.afterVersions(stem, stemLength));
  }

  private void rememberStem() {
    stemLength = iterator.stemLength();
    if (stem.length < stemLength) {
      stem = new byte[2 * stemLength];
    }
    System.arraycopy(iterator.physical(), 0, stem, 0, stemLength);
  }

  private boolean isPastEnd() {
    return end != null && iterator.compareTo(end) >= 0;
  }

  @Override
  public byte[] key() {
    requireEntry();
    return PhysicalKey.key(stem, stemLength);
  }

  @Override
  public byte[] value() {
    requireEntry();
    return iterator.value();
  }

  @Override
  public long time() {
    requireEntry();
    return iterator.time();
  }

  @Override
  public void seek(byte[] key) {
    requireOpen();
    start = PhysicalKey.stem(Keys.compare(key, range.from()) < 0 ? range.from() : key);
    onEntry = false;
  }

  private void requireEntry() {
    requireOpen();
    if (!onEntry) {
      throw new IllegalStateException("the cursor is not on an entry");
    }
  }
}
