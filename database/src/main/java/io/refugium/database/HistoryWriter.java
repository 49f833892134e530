package io.refugium.database;

import io.refugium.database.DocumentWriter.Written;
import io.refugium.database.IndexBuild.Timeline;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.View;
import io.refugium.database.view.View.Stored;
import io.refugium.database.view.WriteBuffer;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import io.refugium.storage.Keys;
import io.refugium.storage.Write;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The history of documents: reading it, and changing it after the fact (spec: fql4 11, schema
 * 11.5). The store's versions of a document's key are its history; an edit rewrites the versions of
 * its index entries to match.
 */
final class HistoryWriter {
  private static final Stored ABSENT = new Stored(0, null, 0);

  private final Transaction transaction;
  private final View view;
  private final DocumentWriter documents;
  private final IndexBuild entries;

  /**
   * The complete history, oldest first, of the documents whose history this transaction has
   * changed.
   */
  private final Map<Ref, List<Stored>> edited = new HashMap<>(0);

  /** How many bytes were written of the versions of each. */
  private final Map<Ref, Long> sizes = new HashMap<>(0);

  HistoryWriter(Transaction transaction, View view, DocumentWriter documents, IndexBuild entries) {
    this.transaction = transaction;
    this.view = view;
    this.documents = documents;
    this.entries = entries;
  }

  /** Whether this transaction has changed the history of a document. */
  boolean edited(Ref ref) {
    return !edited.isEmpty() && edited.containsKey(ref);
  }

  /** The version of an edited history in force at a time. */
  Stored at(Ref ref, long time) {
    Stored found = ABSENT;
    for (Stored version : edited.get(ref)) {
      if (version.time() <= time) {
        found = version;
      }
    }
    return found;
  }

  // ---------------------------------------------------------------- reading

  Iterator<Version> versions(Ref ref, long from, long to, Written own, Direction direction) {
    long floor = transaction.minimumValidTime(ref);
    List<Version> versions = new ArrayList<>();
    ObjectValue before = null;
    List<Stored> readable = readable(ref, floor);
    if (readable.size() > Limits.HISTORY_EVENTS) {
      throw DatabaseException.TooLarge.history();
    }
    for (Stored stored : readable) {
      add(versions, ref, stored.time(), before, stored.fields(), from, to);
      before = stored.fields();
    }
    if (own != null) {
      ObjectValue now = own.current() == null ? null : own.current().fields();
      add(
          versions,
          ref,
          Document.UNCOMMITTED,
          before,
          now,
          from,
          to == Transaction.NOW ? to : Math.min(to, view.snapshot.time()));
    }
    return (direction == Direction.ASCENDING ? versions : versions.reversed()).iterator();
  }

  private static void add(
      List<Version> versions,
      Ref ref,
      long time,
      ObjectValue before,
      ObjectValue fields,
      long from,
      long to) {
    boolean within = time >= from && (time < to || to == Transaction.NOW);
    if (within) {
      versions.add(Version.of(ref, time, before, fields));
    }
  }

  /** The versions from the newest one at the floor on; if that one is a deletion, from the next. */
  private List<Stored> readable(Ref ref, long floor) {
    List<Stored> all = edited(ref) ? edited.get(ref) : IndexBuild.retained(view, ref, floor);
    int first = 0;
    while (first + 1 < all.size() && all.get(first + 1).time() <= floor) {
      first++;
    }
    boolean startsDeleted =
        first < all.size() && all.get(first).time() <= floor && all.get(first).fields() == null;
    return all.subList(startsDeleted ? first + 1 : first, all.size());
  }

  // ---------------------------------------------------------------- changing

  /** Puts a version, or a deletion when fields are null, at a time. */
  void insert(Ref ref, long time, ObjectValue fields) {
    List<Stored> before = history(ref);
    List<Stored> after = new ArrayList<>();
    before.stream().filter(version -> version.time() < time).forEach(after::add);
    byte[] bytes = fields == null ? null : DocumentWriter.encode(ref, fields).at(time);
    after.add(bytes == null ? new Stored(time, null, 0) : view.shaped(ref, time, bytes));
    before.stream().filter(version -> version.time() > time).forEach(after::add);
    byte[] key = Keyspace.document(ref);
    edit(ref, bytes == null ? Write.deleteAt(key, time) : Write.putAt(key, bytes, time));
    replace(ref, before, after);
  }

  void remove(Ref ref, long time) {
    List<Stored> before = history(ref);
    List<Stored> after = before.stream().filter(version -> version.time() != time).toList();
    if (after.size() < before.size()) {
      edit(ref, Write.eraseAt(Keyspace.document(ref), time));
      replace(ref, before, after);
    }
  }

  private void edit(Ref ref, Write write) {
    view.writes.edit(write);
    sizes.merge(ref, WriteBuffer.size(write), Long::sum);
  }

  /** Counts the documents whose history was changed (http.md 10.2). */
  void count(Metrics metrics) {
    sizes.forEach(
        (ref, bytes) -> {
          if (documents.written(ref) == null) {
            metrics.addDocumentWrite(bytes);
          }
        });
  }

  /** Removes all trace of a document. */
  void erase(Ref ref) {
    List<Stored> before = history(ref);
    before.forEach(
        version -> view.writes.edit(Write.eraseAt(Keyspace.document(ref), version.time())));
    replace(ref, before, List.of());
  }

  private List<Stored> history(Ref ref) {
    view.committed(ref);
    return edited(ref) ? edited.get(ref) : IndexBuild.retained(view, ref, 0);
  }

  private void replace(Ref ref, List<Stored> before, List<Stored> after) {
    edited.put(ref, after);
    view.override(ref, at(ref, Transaction.NOW));
    documents.rebase(ref);
    Timeline wanted = systemEntries(ref, after);
    if (wanted.writes().stream().anyMatch(write -> Keyspace.isDelegation(write.key()))) {
      transaction.delegations().willGrow(ref.scope());
    }
    rewrite(systemEntries(ref, before), wanted);
    transaction
        .schemas()
        .forEachIndex(
            ref,
            (catalog, index) ->
                rewrite(
                    indexEntries(catalog, index, ref, before),
                    indexEntries(catalog, index, ref, after)));
  }

  private static Timeline systemEntries(Ref ref, List<Stored> versions) {
    Timeline timeline = new Timeline();
    for (Stored version : versions) {
      Document document =
          version.fields() == null ? null : new Document(ref, version.time(), version.fields());
      TreeMap<byte[], byte[]> entries = new TreeMap<>(Keys.ORDER);
      entries.putAll(SystemEntries.of(document));
      timeline.add(entries, version.time());
    }
    return timeline;
  }

  private Timeline indexEntries(Catalog catalog, IndexDef index, Ref ref, List<Stored> versions) {
    Timeline timeline = new Timeline();
    versions.forEach(
        version -> timeline.add(entries.keys(catalog, index, ref, version), version.time()));
    return timeline;
  }

  /** Makes the entries of one history those of another. */
  private void rewrite(Timeline before, Timeline after) {
    Map<ByteBuffer, Write> obsolete = new HashMap<>();
    before.writes().forEach(write -> obsolete.put(identity(write), write));
    for (Write write : after.writes()) {
      Write known = obsolete.remove(identity(write));
      if (known == null || !Arrays.equals(known.value(), write.value())) {
        view.writes.edit(write);
      }
    }
    obsolete
        .values()
        .forEach(write -> view.writes.edit(Write.eraseAt(write.key(), write.timeAt(0))));
  }

  /** Key and time of a write. */
  private static ByteBuffer identity(Write write) {
    return ByteBuffer.allocate(write.key().length + Long.BYTES)
        .put(write.key())
        .putLong(write.timeAt(0))
        .flip();
  }
}
