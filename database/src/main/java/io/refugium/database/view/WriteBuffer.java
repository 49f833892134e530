package io.refugium.database.view;

import io.refugium.database.document.Document;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.storage.Commit;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a transaction has written so far, by key, so that its reads can be merged with it. One write
 * a key, the last; edits of history are kept apart, since no read of the transaction sees them.
 */
public final class WriteBuffer {
  /**
   * A write of the present: the document if it is one, and the write itself, a deletion or a value.
   */
  public record Pending(Document document, Write write) {
    public boolean isDeletion() {
      return write.isDeletion();
    }
  }

  private final NavigableMap<byte[], Pending> pending = new TreeMap<>(Keys.ORDER);
  private final List<Write> edits = new ArrayList<>(0);
  private long bytes;

  public boolean isEmpty() {
    return pending.isEmpty() && edits.isEmpty();
  }

  public Pending get(byte[] key) {
    return pending.isEmpty() ? null : pending.get(key);
  }

  public void put(byte[] key, byte[] value) {
    put(key, null, Write.put(key, value));
  }

  public void delete(byte[] key) {
    put(key, null, Write.delete(key));
  }

  /**
   * @throws DatabaseException.TooLarge when key or transaction are too large
   */
  public void put(byte[] key, Document document, Write write) {
    if (key.length > (Keyspace.isEntry(key) ? Limits.ENTRY_KEY_BYTES : Limits.KEY_BYTES)) {
      throw DatabaseException.TooLarge.key(key.length);
    }
    Pending replaced = pending.put(key, new Pending(document, write));
    bytes += size(write) - (replaced == null ? 0 : size(replaced.write()));
    requireFit();
  }

  /** Forgets the write of a key. */
  public void forget(byte[] key) {
    Pending forgotten = pending.remove(key);
    if (forgotten != null) {
      bytes -= size(forgotten.write());
    }
  }

  /** Adds a write that changes the past. The last one for a key and time counts. */
  public void edit(Write write) {
    edits.removeIf(
        known -> known.timeAt(0) == write.timeAt(0) && Keys.compare(known.key(), write.key()) == 0);
    edits.add(write);
    bytes += size(write);
    requireFit();
  }

  /**
   * The nearest write of a range beyond a key.
   *
   * @param bound null for the start of the range in this direction
   */
  public Map.Entry<byte[], Pending> next(
      KeyRange range, byte[] bound, boolean inclusive, Direction direction) {
    if (pending.isEmpty()) {
      return null;
    }
    Map.Entry<byte[], Pending> found =
        switch (direction) {
          case ASCENDING ->
              bound == null
                  ? pending.ceilingEntry(range.from())
                  : inclusive ? pending.ceilingEntry(bound) : pending.higherEntry(bound);
          case DESCENDING ->
              bound == null
                  ? (range.to() == null ? pending.lastEntry() : pending.lowerEntry(range.to()))
                  : inclusive ? pending.floorEntry(bound) : pending.lowerEntry(bound);
        };
    return found != null && range.contains(found.getKey()) ? found : null;
  }

  /** Hands all writes to a commit. */
  public void addTo(Commit.Builder commit) {
    pending.values().forEach(write -> commit.write(write.write()));
    edits.forEach(commit::write);
  }

  public long bytes() {
    return bytes;
  }

  public static long size(Write write) {
    return write.key().length + (write.isDeletion() ? 0L : write.value().length);
  }

  private void requireFit() {
    if (bytes > Limits.TRANSACTION_BYTES) {
      throw DatabaseException.TooLarge.transaction(bytes);
    }
  }
}
