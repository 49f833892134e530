package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.keys.Pin;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.View;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The schemas of databases as one transaction sees them: the one in force, as committed before it;
 * the one that schema documents describe, which is another one while a schema is staged; and either
 * of them as the transaction would leave it. Confined to its thread.
 */
final class SchemaView {
  private final Transaction transaction;
  private final Catalogs catalogs;
  private final View view;
  private final SchemaWriter schema;
  private final Map<Long, Catalog> inForce = new HashMap<>(2);

  /** The one that was asked for last; nearly always there is only one. */
  private Catalog recent;

  private final Map<Long, Catalog> pending = new HashMap<>(0);

  /** What has been written since the pending catalogs were made. */
  private final Map<Long, Set<Ref>> changedDefinitions = new HashMap<>(0);

  SchemaView(Transaction transaction, Catalogs catalogs, View view, SchemaWriter schema) {
    this.transaction = transaction;
    this.catalogs = catalogs;
    this.view = view;
    this.schema = schema;
  }

  /** See {@link Transaction#catalog}. */
  Catalog inForce(long scope) {
    if (recent != null && recent.scope() == scope) {
      return recent;
    }
    Catalog known = inForce.get(scope);
    if (known == null) {
      known = catalogs.get(transaction, view, scope);
      inForce.put(scope, known);
    }
    recent = known;
    return known;
  }

  /** See {@link Transaction#latestCatalog}. */
  Catalog latest(long scope) {
    return Catalogs.latest(view, inForce(scope));
  }

  /** See {@link Transaction#pendingCatalog}. */
  Catalog pending(long scope) {
    if (!schema.hasChanged(scope)) {
      return latest(scope);
    }
    Catalog known = pending.get(scope);
    Set<Ref> changed = changedDefinitions.remove(scope);
    if (known == null) {
      known = catalogs.loadPending(view, scope);
    } else if (changed != null) {
      known = Catalogs.renew(view, known, changed);
    }
    pending.put(scope, known);
    return known;
  }

  /** See {@link Transaction#documentCatalog}. */
  Catalog ofDocuments(long scope) {
    return schema.hasChanged(scope) && !isStaged(scope) ? pending(scope) : inForce(scope);
  }

  /** Whether a schema is staged in a database, own writes included. */
  boolean isStaged(long scope) {
    return schema.hasChanged(scope) ? schema.pin(scope) != Pin.NONE : inForce(scope).isPinned();
  }

  /** To be called when what databases inherit, or an index of FQL v4, may have changed. */
  void forgetPending(long scope) {
    pending.remove(scope);
    changedDefinitions.remove(scope);
  }

  /** To be called when a schema document was written that is no database and no index. */
  void definitionChanged(Ref ref) {
    changedDefinitions.computeIfAbsent(ref.scope(), _ -> new HashSet<>()).add(ref);
  }

  /**
   * The catalog whose indexes a write of a document maintains: loading one for each of many schema
   * documents would be wasteful.
   */
  Catalog forWrites(Ref ref) {
    boolean isNative = !SystemCollections.isUser(ref.collection());
    return isNative && !schema.hasIndexWrites(ref.scope())
        ? inForce(ref.scope())
        : ofDocuments(ref.scope());
  }

  /**
   * Does something for each index that holds entries of a document, those of a staged schema too.
   */
  void forEachIndex(Ref ref, BiConsumer<Catalog, IndexDef> action) {
    Catalog catalog = forWrites(ref);
    for (IndexDef index : catalog.indexesOf(ref.collection())) {
      action.accept(catalog, index);
    }
    if (SystemCollections.isUser(ref.collection()) && isStaged(ref.scope())) {
      Catalog staged = pending(ref.scope());
      for (IndexDef index : staged.indexesOf(ref.collection())) {
        if (catalog.index(index.id()) == null) {
          action.accept(staged, index);
        }
      }
    }
  }

  /** A database and what it inherits, own writes included; null when there is none. */
  DatabaseInfo database(long scope) {
    if (scope == Ref.ROOT) {
      return DatabaseInfo.ROOT;
    }
    if (schema.hasChanged(scope)) {
      return catalogs.info(view, scope);
    }
    try {
      return inForce(scope).database();
    } catch (DatabaseException.DatabaseNotFound notFound) {
      return null;
    }
  }
}
