package io.refugium.database.catalog;

import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/**
 * Gives stored documents the shape that the schema now in force expects (spec: schema 7.1): each
 * version goes through the migrations that were committed after it.
 */
public final class Migrations {
  private final FieldFunctions functions;

  public Migrations(FieldFunctions functions) {
    this.functions = functions;
  }

  /** The fields of a version as readers see them. */
  public ObjectValue applied(Catalog catalog, Ref ref, long time, ObjectValue fields) {
    if (!SystemCollections.isUser(ref.collection()) || catalog == null) {
      return fields;
    }
    CollectionDef collection = catalog.collection(ref.collection());
    if (collection == null || collection.migrations().size() == 0) {
      return fields;
    }
    List<Value> newer =
        collection.migrations().values().stream()
            .filter(migration -> isNewer((ObjectValue) migration, time))
            .toList();
    return newer.isEmpty() ? fields : functions.migrate(catalog, collection, newer, fields);
  }

  private static boolean isNewer(ObjectValue migration, long time) {
    return migration.get("at") instanceof LongValue(long at) && at > time;
  }

  /**
   * The fields of a document with the migrations that the running transaction adds, which readers
   * do not see yet but indexes that it builds do.
   */
  public ObjectValue pending(Catalog catalog, CollectionDef collection, ObjectValue fields) {
    List<Value> pending =
        collection.migrations().values().stream()
            .filter(migration -> !(((ObjectValue) migration).get("at") instanceof LongValue))
            .toList();
    return pending.isEmpty() ? fields : functions.migrate(catalog, collection, pending, fields);
  }
}
