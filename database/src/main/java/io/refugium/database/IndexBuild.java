package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Ttl;
import io.refugium.database.index.EntryExtractor;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.index.IndexEntry;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.View;
import io.refugium.database.view.WriteBuffer;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.VersionCursor;
import io.refugium.storage.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the documents that exist, and their retained history, into an index that is new to them:
 * entries get the times of the versions they come from, so that reads at earlier times find them
 * too (spec: schema 6.4, fql4 10.6).
 */
final class IndexBuild {
  /** Versions of a collection's documents up to which an index is built inside the transaction. */
  private static final int SYNCHRONOUS_VERSIONS = 2_000;

  private final Transaction transaction;
  private final View view;
  private final EntryExtractor extractor;
  private final DocumentWriter documents;

  IndexBuild(
      Transaction transaction, View view, EntryExtractor extractor, DocumentWriter documents) {
    this.transaction = transaction;
    this.view = view;
    this.extractor = extractor;
    this.documents = documents;
  }

  /** The collections whose documents an index holds, by a schema. */
  static List<Integer> collections(Catalog catalog, IndexDef index) {
    Set<Integer> ids = new LinkedHashSet<>();
    for (IndexDef.Source source : index.sources()) {
      if (source.every()) {
        catalog.collections().forEach(collection -> ids.add(collection.id()));
      }
      source.collections().stream()
          .filter(id -> !SystemCollections.isUser(id) || catalog.collection(id) != null)
          .forEach(ids::add);
    }
    return ids.stream().sorted().toList();
  }

  /** Builds an index within this transaction if there are few documents; returns whether it did. */
  boolean inTransaction(Catalog catalog, IndexDef index) {
    List<Ref> refs = new ArrayList<>();
    List<Integer> collections = collections(catalog, index);
    for (int collection : collections) {
      if (!collect(Keyspace.documents(index.scope(), collection), refs)) {
        return false;
      }
    }
    collections.forEach(
        collection -> view.reads.add(Keyspace.documents(index.scope(), collection)));
    refs.forEach(ref -> build(catalog, index, ref));
    documents.reindex(catalog, index);
    transaction.metrics().addCompute((long) refs.size() * index.fieldCount());
    return true;
  }

  // Who is entered counts as a document that is written (http.md 10.2).
  private void build(Catalog catalog, IndexDef index, Ref ref) {
    long bytes = addHistory(catalog, index, ref);
    if (bytes > 0) {
      transaction.metrics().addDocumentWrite(bytes);
    }
  }

  /** Adds the documents of a range, dead ones included; false when they are too many. */
  private boolean collect(KeyRange range, List<Ref> refs) {
    try (VersionCursor versions = view.snapshot.versions(range, 0, Long.MAX_VALUE)) {
      byte[] last = null;
      int count = 0;
      while (versions.next()) {
        if (++count > SYNCHRONOUS_VERSIONS) {
          return false;
        }
        byte[] key = versions.key();
        if (last == null || Keys.compare(last, key) != 0) {
          refs.add(Keyspace.documentRef(key));
          last = key;
        }
        if (refs.size() > Limits.SYNCHRONOUS_BUILD_DOCUMENTS) {
          return false;
        }
      }
    }
    return true;
  }

  /** Adds the entries of all retained versions of one document; returns their size in bytes. */
  long addHistory(Catalog catalog, IndexDef index, Ref ref) {
    Timeline timeline = new Timeline();
    long floor = transaction.minimumValidTime(ref);
    for (View.Stored version : retained(view, ref, floor)) {
      timeline.add(keys(catalog, index, ref, version), version.time());
    }
    timeline.writes().forEach(view.writes::edit);
    return timeline.writes().stream().mapToLong(WriteBuffer::size).sum();
  }

  /** The entries of one version with the value that is stored under each. */
  TreeMap<byte[], byte[]> keys(Catalog catalog, IndexDef index, Ref ref, View.Stored version) {
    TreeMap<byte[], byte[]> keys = new TreeMap<>(Keys.ORDER);
    if (version.fields() != null) {
      transaction.checkDeadline(); // what an index computes of a document may take its time
      Document document = new Document(ref, version.time(), version.fields());
      byte[] value = EntryKeys.value(Ttl.of(version.fields()));
      for (IndexEntry entry : extractor.entries(catalog, index, document)) {
        byte[] key = EntryKeys.key(index, entry, ref);
        if (key != null) {
          keys.put(key, value);
        }
      }
    }
    return keys;
  }

  /** The committed versions of a document, oldest first, from the newest one at the floor on. */
  static List<View.Stored> retained(View view, Ref ref, long floor) {
    List<View.Stored> versions = new ArrayList<>();
    try (VersionCursor cursor =
        view.snapshot.versions(Keyspace.document(ref), 0, Long.MAX_VALUE, Direction.DESCENDING)) {
      while (cursor.next()) {
        byte[] value = cursor.value();
        versions.add(
            value == null
                ? new View.Stored(cursor.time(), null, 0)
                : view.shaped(ref, cursor.time(), value));
        if (cursor.time() <= floor) {
          break;
        }
      }
    }
    return versions.reversed();
  }

  /** The puts and deletions of entries that successive versions of a document amount to. */
  static final class Timeline {
    private TreeMap<byte[], byte[]> current = new TreeMap<>(Keys.ORDER);
    private final List<Write> writes = new ArrayList<>();

    /** The document has these entries from a time on. */
    void add(TreeMap<byte[], byte[]> entries, long time) {
      for (byte[] key : current.keySet()) {
        if (!entries.containsKey(key)) {
          writes.add(Write.deleteAt(key, time));
        }
      }
      entries.forEach(
          (key, value) -> {
            if (!Arrays.equals(current.get(key), value)) {
              writes.add(Write.putAt(key, value, time));
            }
          });
      current = entries;
    }

    List<Write> writes() {
      return writes;
    }
  }
}
