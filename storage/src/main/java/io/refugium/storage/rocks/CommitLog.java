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
 *   value   for each write: length of key &lt;&lt; 1 | deleted, as four bytes big-endian; the key
 * </pre>
 *
 * Invariant: the record of the newest commit is never removed.
 */
final class CommitLog {
  private final Engine engine;

  CommitLog(Engine engine) {
    this.engine = engine;
  }

  /** A key a commit wrote, as the log remembers it. */
  record Written(byte[] key, boolean deleted) {}

  /** Receives one record of the log; false to stop. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(long time, byte[] record);
  }

  /** Adds the record of the commit at {@code time} to its batch. */
  void append(WriteBatch batch, long time, List<Change.Entry> entries) throws RocksDBException {
    int size = 0;
    for (Change.Entry entry : entries) {
      size += Integer.BYTES + entry.key().length;
    }
    ByteBuffer record = ByteBuffer.allocate(size);
    for (Change.Entry entry : entries) {
      record.putInt(entry.key().length << 1 | (entry.isDeletion() ? 1 : 0)).put(entry.key());
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

  /** The keys of {@code range} in a record. */
  static List<Written> written(byte[] record, KeyRange range) {
    List<Written> written = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(record);
    while (rest.hasRemaining()) {
      int head = rest.getInt();
      byte[] key = new byte[head >>> 1];
      rest.get(key);
      if (range.contains(key)) {
        written.add(new Written(key, (head & 1) != 0));
      }
    }
    return written;
  }

  /**
   * What the commit at {@code time} wrote, with values.
   *
   * @return null when a version is gone: then its floor was raised meanwhile
   */
  Change change(long time, List<Written> written) {
    List<Change.Entry> entries = new ArrayList<>(written.size());
    for (Written write : written) {
      byte[] value = null;
      if (!write.deleted) {
        value = engine.get(engine.versions(), PhysicalKey.version(write.key, time, false));
        if (value == null) {
          return null;
        }
      }
      entries.add(new Change.Entry(write.key, value));
    }
    return new Change(time, entries);
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
