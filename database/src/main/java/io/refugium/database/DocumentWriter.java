package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Ttl;
import io.refugium.database.index.EntryExtractor;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.index.IndexEntry;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.database.view.WriteBuffer;
import io.refugium.model.CodecException;
import io.refugium.model.EncodedValue;
import io.refugium.model.KeyDecoder;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.ValueCodec;
import io.refugium.storage.Direction;
import io.refugium.storage.Keys;
import io.refugium.storage.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one way in which documents are written, by either language: the document, its index entries,
 * the entries of system indexes.
 *
 * <p>Invariant: after each write the buffer holds, relative to the snapshot, exactly the difference
 * between the entries of the document as committed and as written last. Several writes of one
 * document leave one version.
 */
final class DocumentWriter {
  /**
   * A document that this transaction has written: as committed, and as it is now; null fields for
   * absent.
   */
  static final class Written {
    private Document base;
    private Document current;
    private boolean touched;
    private long entryBytes;

    private Written(Document base) {
      this.base = base;
      this.current = base;
    }

    /** As committed, expired or not; null when there was none. */
    Document base() {
      return base;
    }

    /** As written; null when deleted. */
    Document current() {
      return current;
    }
  }

  private final Transaction transaction;
  private final View view;
  private final EntryExtractor extractor;
  private final Map<Ref, Written> written = new LinkedHashMap<>();

  DocumentWriter(Transaction transaction, View view, EntryExtractor extractor) {
    this.transaction = transaction;
    this.view = view;
    this.extractor = extractor;
  }

  /** What this transaction did to a document, or null when nothing. */
  Written written(Ref ref) {
    return written.isEmpty() ? null : written.get(ref);
  }

  Collection<Written> all() {
    return written.values();
  }

  boolean hasWritten(long scope, int collection) {
    return written.keySet().stream()
        .anyMatch(ref -> ref.scope() == scope && ref.collection() == collection);
  }

  /**
   * Writes a document, or deletes it when {@code fields} is null.
   *
   * @return the document as written; null when deleted
   */
  Document write(Ref ref, ObjectValue fields) {
    Written target = written.computeIfAbsent(ref, this::begin);
    Document before = target.current;
    Document after = fields == null ? null : new Document(ref, Document.UNCOMMITTED, fields);
    boolean first = !target.touched;
    target.touched = true;
    target.current = after;
    store(ref, after);
    writeSystemEntries(target, before, after);
    writeIndexEntries(target, first, ref, before, after);
    return after;
  }

  private Written begin(Ref ref) {
    View.Stored stored = view.committed(ref);
    return new Written(
        stored.fields() == null ? null : new Document(ref, stored.time(), stored.fields()));
  }

  /**
   * Takes note that the committed version of a document is another, because its history was edited.
   */
  void rebase(Ref ref) {
    Written target = written.get(ref);
    if (target == null) {
      return;
    }
    transaction
        .schemas()
        .forEachIndex(
            ref,
            (catalog, index) -> {
              keyed(catalog, index, target.base).keySet().forEach(view.writes::forget);
              keyed(catalog, index, target.current).keySet().forEach(view.writes::forget);
            });
    target.base = begin(ref).base;
    writeIndexEntries(target, true, ref, target.base, target.current);
  }

  private void store(Ref ref, Document after) {
    byte[] key = Keyspace.document(ref);
    if (after == null) {
      view.writes.put(key, null, Write.delete(key));
      return;
    }
    EncodedValue encoded = encode(ref, after.fields());
    Write write =
        encoded.needsCommitTime()
            ? Write.late(key, _ -> key, encoded.bytes(), encoded::at)
            : Write.put(key, encoded.bytes());
    view.writes.put(key, after, write);
  }

  /**
   * @throws DatabaseException.TooLarge when the version is larger than allowed
   */
  static EncodedValue encode(Ref ref, ObjectValue fields) {
    EncodedValue encoded;
    try {
      encoded = ValueCodec.encode(fields, ref.scope());
    } catch (CodecException e) {
      if (e.reason() == CodecException.Reason.TOO_LARGE) {
        throw DatabaseException.TooLarge.version(ValueCodec.MAX_BYTES);
      }
      throw e;
    }
    if (encoded.bytes().length > Limits.VERSION_BYTES) {
      throw DatabaseException.TooLarge.version(encoded.bytes().length);
    }
    return encoded;
  }

  // ---------------------------------------------------------------- system indexes

  private void writeSystemEntries(Written target, Document before, Document after) {
    Map<byte[], byte[]> base = SystemEntries.of(target.base);
    Map<byte[], byte[]> now = SystemEntries.of(after);
    for (byte[] key : SystemEntries.of(before).keySet()) {
      if (!now.containsKey(key)) {
        retract(key, base.containsKey(key));
      }
    }
    for (byte[] key : now.keySet()) {
      if (Keyspace.isDelegation(key) && !base.containsKey(key)) {
        transaction.delegations().willGrow(after.ref().scope());
        break;
      }
    }
    now.forEach(
        (key, value) -> {
          if (Arrays.equals(base.get(key), value)) {
            view.writes.forget(key);
          } else {
            view.writes.put(key, value);
          }
        });
  }

  private void retract(byte[] key, boolean committed) {
    if (committed) {
      view.writes.delete(key);
    } else {
      view.writes.forget(key);
    }
  }

  // ---------------------------------------------------------------- user indexes

  private void writeIndexEntries(
      Written target, boolean first, Ref ref, Document before, Document after) {
    List<IndexDef> violated = new ArrayList<>(0);
    target.entryBytes = 0;
    transaction
        .schemas()
        .forEachIndex(
            ref,
            (catalog, index) -> {
              if (after != null) {
                transaction.metrics().addCompute(index.fieldCount());
              }
              if (!writeEntries(catalog, index, target, first, before, after)) {
                violated.add(index);
              }
            });
    if (!violated.isEmpty()) {
      throw new DatabaseException.NotUnique(ref, violated);
    }
  }

  /** Returns whether the index, if unique, stays so. */
  private boolean writeEntries(
      Catalog catalog,
      IndexDef index,
      Written target,
      boolean first,
      Document before,
      Document after) {
    TreeMap<byte[], IndexEntry> old = keyed(catalog, index, before);
    TreeMap<byte[], IndexEntry> base = first ? old : keyed(catalog, index, target.base);
    TreeMap<byte[], IndexEntry> now = keyed(catalog, index, after);
    for (byte[] key : old.keySet()) {
      if (!now.containsKey(key)) {
        retract(key, base.containsKey(key));
        target.entryBytes += key.length;
      }
    }
    long baseTtl = target.base == null ? Ttl.NEVER : Ttl.of(target.base.fields());
    long ttl = after == null ? Ttl.NEVER : Ttl.of(after.fields());
    boolean unique = true;
    for (Map.Entry<byte[], IndexEntry> entry : now.entrySet()) {
      byte[] key = entry.getKey();
      if (base.containsKey(key)
          && ttl == baseTtl
          && !EntryExtractor.needsCommitTime(entry.getValue())) {
        view.writes.forget(key);
      } else {
        view.writes.put(key, null, put(index, key, entry.getValue(), after.ref(), ttl));
        target.entryBytes += key.length;
      }
      unique &=
          !index.unique()
              || old.containsKey(key)
              || !isTaken(catalog, index, entry.getValue(), after.ref());
    }
    return unique;
  }

  /** Gives the documents written so far their entries in an index that is new. */
  void reindex(Catalog catalog, IndexDef index) {
    for (Map.Entry<Ref, Written> entry : written.entrySet()) {
      Written target = entry.getValue();
      if (index.covers(entry.getKey().collection())) {
        writeEntries(catalog, index, target, true, target.base, target.current);
      }
    }
  }

  private static Write put(IndexDef index, byte[] key, IndexEntry entry, Ref ref, long ttl) {
    byte[] value = EntryKeys.value(ttl);
    return EntryExtractor.needsCommitTime(entry)
        ? Write.late(
            key,
            time -> EntryKeys.key(index, EntryExtractor.at(entry, time), ref),
            value,
            _ -> value)
        : Write.put(key, value);
  }

  /** The entries of a document by key, without those that are too large to be stored. */
  private TreeMap<byte[], IndexEntry> keyed(Catalog catalog, IndexDef index, Document document) {
    TreeMap<byte[], IndexEntry> keyed = new TreeMap<>(Keys.ORDER);
    for (IndexEntry entry : extractor.entries(catalog, index, document)) {
      byte[] key = EntryKeys.key(index, entry, document.ref());
      if (key != null) {
        keyed.put(key, entry);
      }
    }
    return keyed;
  }

  /**
   * Whether another live document has the same entry; validated, so that nobody else takes it
   * meanwhile.
   */
  private boolean isTaken(Catalog catalog, IndexDef index, IndexEntry entry, Ref own) {
    byte[] prefix = EntryKeys.prefix(index, entry.terms());
    boolean[] descending = index.descending();
    try (RangeScan same = view.scan(EntryKeys.sameEntry(index, entry), Direction.ASCENDING)) {
      while (same.next()) {
        KeyDecoder.Entry found =
            EntryKeys.decode(same.key(), prefix.length, index.scope(), descending);
        if (!found.ref().equals(own)
            && found.values().equals(entry.values())
            && !Ttl.expired(EntryKeys.ttl(same.value()), view.snapshot.time())
            && isReachable(catalog, found.ref())) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isReachable(Catalog catalog, Ref ref) {
    return !SystemCollections.isUser(ref.collection())
        || catalog.collection(ref.collection()) != null;
  }

  /** Counts what was written (http.md 10.2). */
  void count(Metrics metrics) {
    for (Map.Entry<Ref, Written> entry : written.entrySet()) {
      WriteBuffer.Pending pending = view.writes.get(Keyspace.document(entry.getKey()));
      long bytes = WriteBuffer.size(pending.write()) + entry.getValue().entryBytes;
      metrics.addDocumentWrite(
          entry.getKey().collection() == SystemCollections.SCHEMA_SOURCE
              ? bytes + replaced(entry.getValue())
              : bytes);
    }
  }

  /** What a version of a source file counts for beside itself: that which it replaces. */
  private static long replaced(Written file) {
    return file.base == null
        ? Metrics.SOURCE_FILE_BYTES
        : Metrics.SOURCE_FILE_BYTES + encode(file.base.ref(), file.base.fields()).bytes().length;
  }
}
