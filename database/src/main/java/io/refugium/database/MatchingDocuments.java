package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Extractor;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The documents of a collection that meet one of some conditions, found through indexes: a
 * collection of a million costs no more to walk over than the few that match. By id, each once, as
 * {@link CollectionDocuments} has them.
 */
final class MatchingDocuments implements DocumentScan {
  private final Transaction transaction;
  private final long scope;
  private final int collection;
  private final long at;
  private final Direction direction;
  private final List<Head> heads;
  private Ref ref;

  /** One index scan, and the document it has arrived at. */
  private static final class Head {
    private final IndexScan scan;
    private boolean isAhead;
    private Ref ref;

    Head(IndexScan scan) {
      this.scan = scan;
    }

    /** The next document that this scan has; null when there is none. */
    Ref peek() {
      if (!isAhead) {
        ref = scan.next() ? scan.ref() : null;
        isAhead = true;
      }
      return ref;
    }

    void seek(Position position) {
      scan.seek(position);
      isAhead = false;
    }
  }

  private MatchingDocuments(
      Transaction transaction,
      long scope,
      int collection,
      long at,
      Direction direction,
      List<Head> heads) {
    this.transaction = transaction;
    this.scope = scope;
    this.collection = collection;
    this.at = at;
    this.direction = direction;
    this.heads = heads;
  }

  /** The documents; null when there is a condition that no index can tell. */
  static DocumentScan open(
      Transaction transaction,
      Catalog catalog,
      int collection,
      List<FieldMatch> matches,
      long at,
      Direction direction) {
    List<IndexDef> indexes = new ArrayList<>(matches.size());
    for (FieldMatch match : matches) {
      IndexDef index = indexOn(catalog, collection, match.field());
      if (index == null) {
        return null;
      }
      indexes.add(index);
    }
    List<Head> heads = new ArrayList<>(matches.size());
    for (int i = 0; i < indexes.size(); i++) {
      List<Value> terms = List.of(matches.get(i).value());
      heads.add(new Head(transaction.sets().scan(indexes.get(i), terms, at, direction)));
    }
    return new MatchingDocuments(transaction, catalog.scope(), collection, at, direction, heads);
  }

  /**
   * An index with the documents of just this collection, by this field, in order of id; null if
   * there is none. A computed field is none that is stored.
   */
  private static IndexDef indexOn(Catalog catalog, int collection, String field) {
    CollectionDef definition = catalog.collection(collection);
    if (definition == null || definition.computedFields().has(field)) {
      return null;
    }
    Extractor stored = new Extractor.Path(List.of("data", field));
    for (IndexDef index : definition.indexes()) {
      boolean suits =
          index.isActive()
              && index.serialized()
              && index.values().isEmpty()
              && index.terms().size() == 1
              && index.terms().getFirst().extractor().equals(stored)
              && !index.terms().getFirst().casefold()
              && index.sources().size() == 1
              && !index.sources().getFirst().every()
              && index.sources().getFirst().collections().equals(Set.of(collection));
      if (suits) {
        return index;
      }
    }
    return null;
  }

  @Override
  public boolean next() {
    ref = null;
    for (Head head : heads) {
      Ref candidate = head.peek();
      if (candidate != null && (ref == null || isBefore(candidate, ref))) {
        ref = candidate;
      }
    }
    if (ref == null) {
      return false;
    }
    for (Head head : heads) {
      if (ref.equals(head.ref)) {
        head.isAhead = false;
      }
    }
    return true;
  }

  private boolean isBefore(Ref one, Ref other) {
    return direction == Direction.ASCENDING ? one.id() < other.id() : one.id() > other.id();
  }

  @Override
  public Ref ref() {
    return ref;
  }

  @Override
  public Document document() {
    return transaction.read(ref, at);
  }

  @Override
  public void seek(long id) {
    Ref from = new Ref(scope, collection, Math.max(0, id));
    boolean beforeIt = direction == Direction.ASCENDING || id < 0;
    Position position =
        beforeIt ? Position.before(List.of(), from) : Position.after(List.of(), from);
    heads.forEach(head -> head.seek(position));
  }

  @Override
  public void discreet() {
    heads.forEach(head -> head.scan.discreet());
  }

  @Override
  public void close() {
    heads.forEach(head -> head.scan.close());
  }
}
