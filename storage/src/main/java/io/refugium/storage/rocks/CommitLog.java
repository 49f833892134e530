package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.KeyRange;
import io.refugium.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The record of which commit wrote which keys, ordered by time: what subscriptions catch up from,
 * where pruning finds garbage, and where the last commit time is found after a restart. Values are
 * not repeated here; they are looked up as versions.
 *
 * <pre>
 *   key     commit time, eight bytes big-endian
 *   value   for each write: four bytes big-endian, length of key &lt;&lt; 2 | edits history &lt;&lt; 1 | deleted;
 *           the key; for an edit of history the time of the version, eight bytes big-endian
 * </pre>
 *
 * Invariant: the record of the newest commit is never removed.
 */
final class CommitLog {
  private final Engine engine;

  CommitLog(Engine engine) {
    this.engine = engine;
  }

  private static final int DELETED = 1;
  private static final int EDIT = 2;
  private static final int FLAG_BITS = 2;

  /**
   * A version a commit wrote, as the log remembers it.
   *
   * @param time the time of the version
   * @param deleted whether it has no value
   */
  record Written(byte[] key, long time, boolean deleted) {}

  /** Receives one record of the log; false to stop. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(long time, byte[] record);
  }

  /** Adds the record of the commit at {@code time} to its batch. */
  void append(WriteBatch batch, long time, List<Change.Entry> entries) throws RocksDBException {
    int size = 0;
    for (Change.Entry entry : entries) {
      size += Integer.BYTES + entry.key().length + (entry.time() == time ? 0 : Long.BYTES);
    }
    ByteBuffer record = ByteBuffer.allocate(size);
    for (Change.Entry entry : entries) {
      boolean edit = entry.time() != time;
      int flags = (entry.isDeletion() ? DELETED : 0) | (edit ? EDIT : 0);
      record.putInt(entry.key().length << FLAG_BITS | flags).put(entry.key());
      if (edit) {
        record.putLong(entry.time());
      }
    }
    batch.put(engine.log(), timeKey(time), record.array());
  }

  /** The time of the newest commit, 0 when there was none. */
  long lastTime() {
    try (RocksIterator iterator = engine.iterator(engine.log())) {
      iterator.seekToLast();
      if (!iterator.isValid()) {
        Engine.requireHealthy(iterator);
        return 0;
      }
      return timeOf(iterator.key());
    }
  }

  /**
   * Visits the records with {@code after < time <= upTo} in order, until the visitor has enough.
   */
  void visit(long after, long upTo, Visitor visitor) {
    try (RocksIterator iterator = engine.iterator(engine.log())) {
      for (iterator.seek(timeKey(after + 1)); iterator.isValid(); iterator.next()) {
        long time = timeOf(iterator.key());
        if (time > upTo || !visitor.visit(time, iterator.value())) {
          return;
        }
      }
      Engine.requireHealthy(iterator);
    }
  }

  /** What the commit at {@code commitTime} wrote into {@code range}, according to its record. */
  static List<Written> written(byte[] record, long commitTime, KeyRange range) {
    List<Written> written = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(record);
    while (rest.hasRemaining()) {
      int head = rest.getInt();
      byte[] key = new byte[head >>> FLAG_BITS];
      rest.get(key);
      long time = (head & EDIT) != 0 ? rest.getLong() : commitTime;
      if (range.contains(key)) {
        written.add(new Written(key, time, (head & DELETED) != 0));
      }
    }
    return written;
  }

  /**
   * The commit at {@code time} with the values it wrote. Versions that are gone since, because
   * history was edited or pruned, are left out.
   *
   * @return null when all are gone
   */
  Change change(long time, List<Written> written) {
    List<Change.Entry> entries = new ArrayList<>(written.size());
    for (Written write : written) {
      if (write.deleted) {
        entries.add(new Change.Entry(write.key, write.time, null));
        continue;
      }
      byte[] value =
          engine.get(engine.versions(), PhysicalKey.version(write.key, write.time, false));
      if (value != null) {
        entries.add(new Change.Entry(write.key, write.time, value));
      }
    }
    return entries.isEmpty() ? null : new Change(time, entries);
  }

  /** Forgets the commits at or before {@code floor}, except the newest of all. */
  void truncate(WriteBatch batch, long floor, long newest) throws RocksDBException {
    long end = Math.min(floor + 1, newest);
    if (end > 0) {
      batch.deleteRange(engine.log(), timeKey(0), timeKey(end));
    }
  }

  private static byte[] timeKey(long time) {
    return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
  }

  private static long timeOf(byte[] key) {
    if (key.length != Long.BYTES) {
      throw new StorageException.Corrupt("a record of the commit log has no time", null);
    }
    return ByteBuffer.wrap(key).getLong();
  }
}
