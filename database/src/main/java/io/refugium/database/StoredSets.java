package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.document.Version;
import io.refugium.database.index.EntryExtractor;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.index.IndexEntry;
import io.refugium.database.index.IndexScan;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The sets that are stored, as one transaction sees them: the entries of an index and the documents
 * of a collection, now, at a past time, and as events. Everything else that is called a set is made
 * of them. Times are those of {@link Transaction}; confined to its thread.
 */
public final class StoredSets {
  private final Transaction transaction;
  private final View view;
  private final EntryExtractor extractor;
  private final SchemaWriter schema;

  StoredSets(Transaction transaction, View view, EntryExtractor extractor, SchemaWriter schema) {
    this.transaction = transaction;
    this.view = view;
    this.extractor = extractor;
    this.schema = schema;
  }

  /**
   * The entries of an index with these terms, one for each term of the index; a wrong number
   * matches nothing.
   *
   * @throws DatabaseException.IndexNotActive when it is not built
   * @throws DatabaseException.SnapshotTooOld when history does not reach so far back
   * @throws DatabaseException.TooLarge when the terms are larger than any stored
   */
  public IndexScan scan(IndexDef index, List<Value> terms, long at, Direction direction) {
    Catalog catalog = requireUsable(index, at);
    byte[] prefix = EntryKeys.prefix(index, terms);
    KeyRange range =
        terms.size() == index.terms().size()
            ? KeyRange.prefix(prefix)
            : KeyRange.of(prefix, prefix);
    RangeScan scan;
    if (!view.snapshot.isPresent(at)) {
      scan = view.scanCommitted(range, at, direction);
    } else {
      scan =
          index.serialized() ? view.scan(range, direction) : view.scanUnvalidated(range, direction);
    }
    return new IndexEntries(transaction, catalog, index, terms, prefix, scan, direction);
  }

  private Catalog requireUsable(IndexDef index, long at) {
    if (!index.isActive()) {
      throw new DatabaseException.IndexNotActive(index);
    }
    Catalog catalog = transaction.documentCatalog(index.scope());
    if (!view.snapshot.isPresent(at)) {
      Transaction.requireReadable(minimumValidTime(catalog, index), at);
    }
    return catalog;
  }

  private long minimumValidTime(Catalog catalog, IndexDef index) {
    return IndexBuild.collections(catalog, index).stream()
        .mapToLong(collection -> transaction.minimumValidTime(index.scope(), collection))
        .max()
        .orElse(0);
  }

  /**
   * The entries that a version of a document has in an index, by the schema as this transaction
   * leaves it: for streams, which compare the versions before and after a change.
   */
  public List<IndexEntry> entries(IndexDef index, Document document) {
    return extractor.entries(transaction.documentCatalog(index.scope()), index, document);
  }

  /**
   * The documents of a collection, user or system, with ids of 0 or more; none when it does not
   * exist. Databases: direct children.
   */
  public DocumentScan scan(long scope, int collection, long at, Direction direction) {
    boolean present = view.snapshot.isPresent(at);
    if (!present) {
      Transaction.requireReadable(transaction.minimumValidTime(scope, collection), at);
    }
    boolean exists =
        !SystemCollections.isUser(collection)
            || transaction.documentCatalog(scope).collection(collection) != null;
    KeyRange range = Keyspace.listedDocuments(scope, collection);
    KeyRange readable = exists ? range : KeyRange.of(range.from(), range.from());
    RangeScan scan =
        present ? view.scan(readable, direction) : view.scanCommitted(readable, at, direction);
    // The text of the schema is the server's own affair: no query asks for it.
    boolean counted = collection != SystemCollections.SCHEMA_SOURCE;
    return new CollectionDocuments(transaction, view, scope, collection, present, counted, scan);
  }

  /**
   * The documents of a user collection that meet one of some conditions at a time, through indexes
   * where there are any that tell; otherwise all documents, so whoever asks has to look at each.
   * Order and laziness are those of {@link #scan(long, int, long, Direction)}.
   */
  public DocumentScan candidates(
      long scope, int collection, List<FieldMatch> matches, long at, Direction direction) {
    Catalog catalog = transaction.catalog(scope);
    // Indexes that this transaction makes or drops do not know all of its documents, and those that
    // are younger than the time may not know those of then.
    boolean settled =
        !schema.hasIndexWrites(scope)
            && !transaction.wroteDefinitionOf(scope, collection)
            && (view.snapshot.isPresent(at) || at >= catalog.version());
    DocumentScan matching =
        settled
            ? MatchingDocuments.open(transaction, catalog, collection, matches, at, direction)
            : null;
    return matching == null ? scan(scope, collection, at, direction) : matching;
  }

  /** The documents of a system collection now, not counted in the metrics. */
  DocumentScan scanSystem(long scope, int collection, Direction direction) {
    RangeScan scan = view.scan(Keyspace.documents(scope, collection), direction);
    return new CollectionDocuments(transaction, view, scope, collection, true, false, scan);
  }

  /**
   * The history of a document as a page of events: the same as {@link Transaction#versions},
   * counted.
   */
  public Iterator<Version> events(Ref ref, long from, long to, Direction direction) {
    transaction.counts().page();
    return transaction.versions(ref, from, to, direction);
  }

  /**
   * What came into an index with these terms and left it within times, in the order of fql4 11.3:
   * by time, removals first, then by document and values.
   *
   * @param from inclusive
   * @param to exclusive; {@link Transaction#NOW} for no end, then the transaction's own writes are
   *     included
   */
  public List<EntryEvent> events(IndexDef index, List<Value> terms, long from, long to) {
    Catalog catalog = requireUsable(index, Transaction.NOW);
    if (terms.size() != index.terms().size()) {
      return List.of();
    }
    transaction.metrics().addPageRead(index.partitions(), 0);
    return EntryEvents.ofIndex(
        transaction, catalog, index, terms, minimumValidTime(catalog, index), from, to);
  }

  /** What came into a collection and left it within times, as above. */
  public List<EntryEvent> events(long scope, int collection, long from, long to) {
    if (SystemCollections.isUser(collection)
        && transaction.documentCatalog(scope).collection(collection) == null) {
      return List.of();
    }
    transaction.metrics().addPageRead(CollectionDocuments.PARTITIONS, 0);
    return EntryEvents.ofCollection(
        transaction, scope, collection, transaction.minimumValidTime(scope, collection), from, to);
  }

  /**
   * The values under which an index has a version of a document, for some terms; empty if it has
   * none.
   */
  public List<List<Value>> entries(IndexDef index, List<Value> terms, Document document) {
    byte[] wanted = EntryKeys.prefix(index, terms);
    return extractor.entries(transaction.catalog(index.scope()), index, document).stream()
        .map(entry -> EntryExtractor.at(entry, document.ts()))
        .filter(entry -> Arrays.equals(EntryKeys.prefix(index, entry.terms()), wanted))
        .map(IndexEntry::values)
        .toList();
  }
}
