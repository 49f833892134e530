package io.refugium.database.view;

import io.refugium.database.keys.Keyspace;
import io.refugium.database.view.WriteBuffer.Pending;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.ValueCodec;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and documents that one attempt of a transaction sees: its snapshot and, for reads of the
 * present, its own writes. Notes every read of the present, so that the commit can validate it. Not
 * thread-safe.
 */
public final class View implements AutoCloseable {
  /** A version of a document in the store; fields are null when it was deleted. */
  public record Stored(long time, ObjectValue fields, int bytes) {}

  private static final Stored ABSENT = new Stored(0, null, 0);

  /**
   * Documents that are remembered so that reading them again is free; a scan of millions must not
   * hold them all.
   */
  private static final int REMEMBERED = 16_384;

  /** The stored size of the documents that are remembered, which may be large ones. */
  private static final long REMEMBERED_BYTES = 32L << 20;

  public final Snapshot snapshot;
  public final WriteBuffer writes = new WriteBuffer();
  public final ReadSet reads = new ReadSet();

  private final Map<Ref, Stored> committed = new HashMap<>();
  private long rememberedBytes;
  private final List<RangeScan> scans = new ArrayList<>(0);

  /** The shape of stored documents for readers. */
  @FunctionalInterface
  public interface Shaping {
    ObjectValue shaped(Ref ref, long time, ObjectValue fields);
  }

  private Shaping shaping = (ref, time, fields) -> fields;

  public View(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** From now on documents of users are read in this shape. */
  public void shape(Shaping how) {
    shaping = how;
  }

  /** A stored version as readers see it. */
  @SuppressWarnings("ReferenceEquality") // the same object means that nothing changed
  public Stored shaped(Ref ref, long time, byte[] value) {
    Stored stored = stored(ref, time, value);
    if (!SystemCollections.isUser(ref.collection())) {
      return stored;
    }
    ObjectValue fields = shaping.shaped(ref, time, stored.fields());
    return fields == stored.fields() ? stored : new Stored(time, fields, stored.bytes());
  }

  /** A system value of the present, or null; noted as read. */
  public byte[] value(byte[] key) {
    Pending own = writes.get(key);
    return own != null ? (own.isDeletion() ? null : own.write().value()) : committedValue(key);
  }

  /** The same without the transaction's own writes. */
  byte[] committedValue(byte[] key) {
    reads.add(key);
    Version version = snapshot.get(key, Snapshot.NOW);
    return version == null ? null : version.value();
  }

  /**
   * The version of a document in the snapshot, whether expired or not; fields null when there is
   * none. Noted as read.
   */
  public Stored committed(Ref ref) {
    Stored known = committed.get(ref);
    if (known == null) {
      byte[] key = Keyspace.document(ref);
      reads.add(key);
      Version version = snapshot.get(key, Snapshot.NOW);
      known = version == null ? ABSENT : shaped(ref, version.time(), version.value());
      remember(ref, known);
    }
    return known;
  }

  private void remember(Ref ref, Stored stored) {
    if (committed.size() < REMEMBERED && rememberedBytes < REMEMBERED_BYTES) {
      committed.put(ref, stored);
      rememberedBytes += stored.bytes();
    }
  }

  /** Replaces what the snapshot says of a document, after an edit of its history. */
  public void override(Ref ref, Stored stored) {
    committed.put(ref, stored);
  }

  /**
   * Declares a document absent because its id has never been given out: nothing is read, nothing
   * validated.
   */
  public void assumeAbsent(Ref ref) {
    committed.put(ref, ABSENT);
  }

  /** The version of a document at an earlier time. */
  public Stored past(Ref ref, long at) {
    Version version = snapshot.get(Keyspace.document(ref), at);
    return version == null ? ABSENT : shaped(ref, version.time(), version.value());
  }

  /**
   * A document as a scan of the present found it in the snapshot: later reads need not go to the
   * store.
   */
  public Stored found(Ref ref, long time, byte[] value) {
    Stored known = committed.get(ref);
    if (known == null) {
      known = shaped(ref, time, value);
      remember(ref, known);
    }
    return known;
  }

  public static Stored stored(Ref ref, long time, byte[] value) {
    return new Stored(time, ValueCodec.decodeObject(value, ref.scope()), value.length);
  }

  /** A scan of the present with own writes, noted as read as far as it goes. */
  public RangeScan scan(KeyRange range, Direction direction) {
    return register(new RangeScan(snapshot, range, Snapshot.NOW, direction, writes, reads));
  }

  /** A scan of the present with own writes of which nothing is validated. */
  public RangeScan scanUnvalidated(KeyRange range, Direction direction) {
    return register(new RangeScan(snapshot, range, Snapshot.NOW, direction, writes, null));
  }

  /** A scan of the snapshot without own writes, or of an earlier time; nothing is validated. */
  public RangeScan scanCommitted(KeyRange range, long at, Direction direction) {
    return register(new RangeScan(snapshot, range, at, direction, null, null));
  }

  private RangeScan register(RangeScan scan) {
    scans.add(scan);
    return scan;
  }

  /** Ends all scans: what they looked at is noted completely from then on. */
  public void closeScans() {
    scans.forEach(RangeScan::close);
    scans.clear();
  }

  @Override
  public void close() {
    closeScans();
    snapshot.close();
  }
}
