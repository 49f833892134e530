package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.RangeScan;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the versions of each key are kept (spec: schema 11.5, 1.1): those of documents and index
 * entries as the collections say, schema documents for ever, everything else as long as a
 * transaction can be reading it.
 */
final class Retention {
  /** Where a key belongs: the documents of a collection, or the entries of an index. */
  private record Owner(boolean isIndex, long scope, int id) {}

  private final Transaction transaction;
  private final long now;
  private final long horizon;
  private final Map<Owner, Long> floors = new HashMap<>();

  /**
   * @param now no transaction can be reading at an earlier time, in microseconds
   */
  Retention(Transaction transaction, long now) {
    this.transaction = transaction;
    this.now = now;
    this.horizon = now - History.GRACE_MICROS;
  }

  /** The time before which the versions of a key are of no use to anybody; 0 to keep all. */
  long floor(byte[] key) {
    if (Keyspace.isDocument(key)) {
      return floor(new Owner(false, Keyspace.scope(key), Keyspace.documentRef(key).collection()));
    }
    if (Keyspace.isEntry(key)) {
      return floor(new Owner(true, EntryKeys.scope(key), EntryKeys.index(key)));
    }
    return horizon;
  }

  private long floor(Owner owner) {
    return floors.computeIfAbsent(owner, this::compute);
  }

  private long compute(Owner owner) {
    Catalog catalog = catalog(owner.scope());
    if (catalog == null) {
      return horizon;
    }
    if (!owner.isIndex()) {
      return ofCollection(catalog, owner.id());
    }
    IndexDef index = catalog.index(owner.id());
    if (index == null) {
      index = transaction.latestCatalog(owner.scope()).index(owner.id());
    }
    return index == null ? horizon : ofIndex(catalog, index);
  }

  private Catalog catalog(long scope) {
    try {
      return transaction.catalog(scope);
    } catch (DatabaseException.DatabaseNotFound gone) {
      return null;
    }
  }

  private long ofIndex(Catalog catalog, IndexDef index) {
    return IndexBuild.collections(catalog, index).stream()
        .mapToLong(collection -> ofCollection(catalog, collection))
        .min()
        .orElse(horizon);
  }

  private long ofCollection(Catalog catalog, int collection) {
    return switch (collection) {
      case SystemCollections.KEY, SystemCollections.TOKEN, SystemCollections.CREDENTIAL -> horizon;
      default -> {
        if (!SystemCollections.isUser(collection)) {
          yield 0;
        }
        CollectionDef definition = catalog.collection(collection);
        yield definition == null ? horizon : definition.minimumValidTime(now);
      }
    };
  }

  /**
   * The ranges of all databases whose history is kept for some days, with the time before which it
   * is not: there, what was written long ago becomes garbage without anything being written now.
   */
  Map<KeyRange, Long> finite() {
    Map<KeyRange, Long> finite = new LinkedHashMap<>();
    addFinite(Ref.ROOT, finite);
    try (RangeScan databases =
        transaction
            .view()
            .scanCommitted(Keyspace.databases(), Transaction.NOW, Direction.ASCENDING)) {
      while (databases.next()) {
        addFinite(Keyspace.treeScope(databases.key()), finite);
      }
    }
    return finite;
  }

  private void addFinite(long scope, Map<KeyRange, Long> finite) {
    Catalog catalog = catalog(scope);
    if (catalog == null) {
      return;
    }
    for (CollectionDef collection : catalog.collections()) {
      addFinite(
          Keyspace.documents(scope, collection.id()),
          ofCollection(catalog, collection.id()),
          finite);
    }
    for (IndexDef index : catalog.indexes()) {
      addFinite(EntryKeys.all(scope, index.id()), ofIndex(catalog, index), finite);
    }
  }

  private void addFinite(KeyRange range, long floor, Map<KeyRange, Long> finite) {
    if (floor > 0 && floor < horizon) {
      finite.put(range, floor);
    }
  }
}
